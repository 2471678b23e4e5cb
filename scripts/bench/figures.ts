import { number, type Table } from './table.ts';

/** Something that is measured, and the time that it is to take at most. */
export interface Goal<Name extends string = string> {
  readonly name: Name;
  readonly what: string;
  /** Milliseconds that the median must not exceed. */
  readonly goalMs: number;
}

/** What was measured of a figure. Times are milliseconds. */
export type Measured =
  | { readonly times: readonly number[]; readonly note: string | null }
  /** Why there are no times. */
  | { readonly failure: string };

export interface FigureReport extends Goal {
  readonly runs: number;
  /** Null where it failed. */
  readonly medianMs: number | null;
  readonly worstMs: number | null;
  readonly note: string | null;
  readonly failure: string | null;
}

/** Every figure with its goal, also those without times. */
export function reportFigures<Name extends string>(
  goals: readonly Goal<Name>[],
  measured: ReadonlyMap<Name, Measured>,
): FigureReport[] {
  return goals.map((goal) => {
    const one = measured.get(goal.name) ?? { failure: 'It was not measured.' };
    if ('failure' in one) {
      return { ...goal, runs: 0, medianMs: null, worstMs: null, note: null, ...one };
    }
    const sorted = [...one.times].sort((a, b) => a - b);
    return {
      ...goal,
      runs: sorted.length,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? null,
      worstMs: sorted.at(-1) ?? null,
      note: one.note,
      failure: null,
    };
  });
}

/** Measures one figure after the other and says which; what throws is kept with why it has no times. */
export function recordFigures<Name extends string>(say: (line: string) => void) {
  const measured = new Map<Name, Measured>();
  const figure = async (name: Name, measure: () => Promise<Measured>): Promise<void> => {
    say(`measuring: ${name}`);
    measured.set(name, await measure().catch(failed));
  };
  return { measured, figure };
}

/** Why something that threw has no times. */
function failed(error: unknown): Measured {
  if (!(error instanceof Error)) return { failure: String(error) };
  const { cause } = error;
  return { failure: cause instanceof Error ? `${error.message}: ${cause.message}` : error.message };
}

export function figureTable(figures: readonly FigureReport[]): Table {
  return {
    head: ['what', 'measured', 'goal ms', 'median ms', 'worst ms', 'runs', ''],
    lines: figures.map(({ name, what, goalMs, medianMs, worstMs, runs, note, failure }) => [
      name,
      what,
      String(goalMs),
      medianMs === null ? '–' : number(medianMs),
      worstMs === null ? '–' : number(worstMs),
      String(runs),
      failure ?? note ?? '',
    ]),
  };
}

/** @param texts how many columns at the left are no numbers; the last is none either */
export function markdownTable({ head, lines }: Table, texts: number): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, i) => (i < texts || i === head.length - 1 ? '---' : '---:'));
  return [line(head), line(rule), ...lines.map(line)];
}
