import { Contender } from './contender.ts';
import { interleave, type Plan, type Turns } from './interleave.ts';
import type { Opened, Sample } from './protocol.ts';
import type { EntryReport, RowReport } from './report.ts';
import type { EntryPlan, RowPlan } from './rows.ts';
import { ratioOf, spreadOf } from './statistics.ts';

interface Options extends Plan {
  /** For one answer of a process. */
  readonly limitSeconds: number;
  /** Told what goes on. */
  readonly say: (line: string) => void;
}

/** A contender that is ready, or why it is not. */
type Ready =
  | { readonly contender: Contender; readonly opened: Opened }
  | { readonly failure: string };

/** Measures all entries of a row in turns, each in a fresh process; one that fails says why. */
export async function measureRow(row: RowPlan, options: Options): Promise<RowReport> {
  const { limitSeconds, say, ...plan } = options;
  const ready = new Map<string, Ready>();
  try {
    for (const entry of row.entries) {
      say(`${row.name}: ${entry.name} warms up`);
      ready.set(entry.name, await openEntry(entry, limitSeconds));
    }
    refuseOthers(ready);
    const runners = [...ready].flatMap(([name, one]) =>
      'failure' in one
        ? []
        : [{ name, warmMs: one.opened.warmMs, run: (count: number) => one.contender.run(count) }],
    );
    const turns = await interleave(runners, plan, (round) => {
      say(`${row.name}: round ${round + 1} of ${plan.rounds}`);
    });
    return {
      ...{ name: row.name, title: row.title },
      entries: row.entries.map((entry) => reportOf(entry, ready, turns)),
    };
  } finally {
    for (const one of ready.values()) if ('contender' in one) await one.contender.close();
  }
}

async function openEntry(entry: EntryPlan, limitSeconds: number): Promise<Ready> {
  const contender = new Contender(entry.command, limitSeconds);
  try {
    await contender.describe();
    const { workload, plan } = entry;
    const opened = await contender.open({ workload, ...(plan === undefined ? {} : { plan }) });
    return { contender, opened };
  } catch (error) {
    await contender.close();
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Times of two networks cannot be compared: one with other numbers than the first is refused. */
function refuseOthers(ready: Map<string, Ready>): void {
  let first: { name: string; params: number } | undefined;
  for (const [name, one] of ready) {
    if ('failure' in one || one.opened.params === null) continue;
    const { params } = one.opened;
    first ??= { name, params };
    if (params === first.params) continue;
    const failure = `It trains ${params} numbers, ${first.name} ${first.params}: not one network.`;
    ready.set(name, { failure });
    void one.contender.close();
  }
}

function reportOf(
  { name, against }: EntryPlan,
  ready: ReadonlyMap<string, Ready>,
  turns: ReadonlyMap<string, Turns>,
): EntryReport {
  const one = ready.get(name) ?? unmeasured;
  const own = turns.get(name) ?? unmeasured;
  if ('failure' in one) return { ...nothing, name, failure: one.failure };
  if ('failure' in own) return { ...nothing, name, failure: own.failure };
  const samples = own.rounds.flat();
  const wall = spreadOf(samples.map(({ ms }) => ms));
  const { images, note = null } = one.opened;
  return {
    name,
    runs: samples.length,
    wall,
    cpu: spreadOf(samples.map(({ cpuMs }) => cpuMs)),
    imagesPerSecond: images === null ? null : (1000 * images) / wall.median,
    ratio: ratioTo(own.rounds, against, turns),
    note,
    failure: null,
  };
}

function ratioTo(
  rounds: readonly (readonly Sample[])[],
  against: string | null,
  turns: ReadonlyMap<string, Turns>,
): EntryReport['ratio'] {
  const other = against === null ? undefined : turns.get(against);
  if (against === null || other === undefined || 'failure' in other) return null;
  const of = (pick: (sample: Sample) => number) =>
    ratioOf(
      rounds.map((samples) => samples.map(pick)),
      other.rounds.map((samples) => samples.map(pick)),
    );
  return { of: against, wall: of(({ ms }) => ms), cpu: of(({ cpuMs }) => cpuMs) };
}

const unmeasured = { failure: 'It was not measured.' } as const;

const nothing = {
  ...{ runs: 0, wall: null, cpu: null, imagesPerSecond: null, ratio: null, note: null },
} as const;
