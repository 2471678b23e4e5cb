import type { EntryReport, Report } from './report.ts';
import type { Spread } from './statistics.ts';

/** Head and lines of the table of results, one line for each entry. */
export interface Table {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

const head = [
  'row',
  'what runs',
  'median ms',
  'quartiles',
  'least to most',
  'processor ms',
  'runs',
  'images/s',
  'time over',
  'processor time over',
  '',
];

/** Every entry of a report as a line of texts. */
export function tableOf({ rows }: Report): Table {
  return {
    head,
    lines: rows.flatMap(({ name, entries }) =>
      entries.map((entry, index) => [index === 0 ? name : '', ...cellsOf(entry)]),
    ),
  };
}

/** The table in columns, numbers to the right. */
export function printTable({ head, lines }: Table): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) =>
    Math.max(...all.map((line) => [...(line[column] ?? '')].length)),
  );
  const print = (line: readonly string[]) =>
    line
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column < 2 || column === head.length - 1 ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = '─'.repeat(print(head.map((_, column) => '─'.repeat(widths[column] ?? 0))).length);
  return [print(head), rule, ...lines.map(print)].join('\n');
}

function cellsOf({ name, runs, wall, cpu, imagesPerSecond, ratio, note, failure }: EntryReport) {
  if (wall === null || cpu === null) return [name, '–', '', '', '', '', '', '', '', failure ?? ''];
  return [
    name,
    number(wall.median),
    `${number(wall.lower)} to ${number(wall.upper)}`,
    `${number(wall.least)} to ${number(wall.most)}`,
    number(cpu.median),
    String(runs),
    imagesPerSecond === null ? '' : number(imagesPerSecond),
    ratio === null ? '' : `${times(ratio.wall)} ${ratio.of}`,
    ratio === null ? '' : times(ratio.cpu),
    note ?? '',
  ];
}

/** A ratio with its range over the rounds. */
function times({ median, least, most }: Spread): string {
  return `${number(median)} (${number(least)} to ${number(most)}) ×`;
}

/** To three digits, below one to three decimals; never with an exponent. */
export function number(value: number): string {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(3, Math.max(0, 2 - magnitude)));
}
