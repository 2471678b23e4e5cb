import type { ChaosReport } from './run.ts';

/** A run in lines for people. */
export function summaryOf({ rounds, left }: ChaosReport): string[] {
  const held = rounds.filter(({ broken }) => broken.length === 0).length;
  const counts = new Map<string, number>();
  for (const { name } of rounds.flatMap(({ faults }) => faults)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return [
    `${held} of ${rounds.length} rounds held; ${total} faults:`,
    ...kinds.map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`),
    ...Object.entries(left).map(([name, why]) => `  left out: ${name}, ${why}`),
  ];
}
