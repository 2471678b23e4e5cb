import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import configuration from '../../dependency-cruiser.config.mjs';
import {
  allowedImports,
  knownImports,
  leastImportsBetweenRooms,
  leastModules,
} from '../../dependency-directions.config.mjs';

const rooms = Object.keys(allowedImports);

export interface DirectionReport {
  readonly moduleCount: number;
  /** Number of imports from one room to another, by "from → to". */
  readonly between: ReadonlyMap<string, number>;
  readonly violations: readonly string[];
}

/** Reads all imports below `baseDir`'s `packages` and `apps` and holds them against the rules. */
export async function readDirections(baseDir: string): Promise<DirectionReport> {
  const { output } = await cruise(['packages', 'apps'], {
    ...configuration.options,
    ruleSet: { forbidden: configuration.forbidden ?? [] },
    validate: true,
    baseDir,
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text.');
  return { ...countImports(output), violations: output.summary.violations.map(sentence) };
}

function countImports({ modules }: ICruiseResult): Omit<DirectionReport, 'violations'> {
  const sources = modules.filter(({ source }) => roomOf(source) !== undefined);
  const between = new Map<string, number>();
  for (const { source, dependencies } of sources) {
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from === undefined || to === undefined || from === to) continue;
      const edge = `${from} → ${to}`;
      between.set(edge, (between.get(edge) ?? 0) + 1);
    }
  }
  return { moduleCount: sources.length, between };
}

function roomOf(file: string): string | undefined {
  const posix = file.split(path.sep).join('/');
  return rooms.find((room) => posix.startsWith(`${room}/`));
}

function sentence({
  rule,
  from,
  to,
  cycle,
}: ICruiseResult['summary']['violations'][number]): string {
  const through = cycle?.map(({ name }) => name).join(' → ');
  return `${rule.name}: ${from} → ${through ?? to}`;
}

/** What is wrong, or missing from what the checker must have seen; empty when all is well. */
export function judgeDirections({ moduleCount, between, violations }: DirectionReport): string[] {
  const total = [...between.values()].reduce((sum, count) => sum + count, 0);
  const unseen = knownImports.filter(([from, to]) => !between.has(`${from} → ${to}`));
  return [
    ...violations,
    ...(moduleCount < leastModules
      ? [`The checker saw ${moduleCount} modules; there are ${leastModules} at least.`]
      : []),
    ...(total < leastImportsBetweenRooms
      ? [`The checker saw ${total} imports between rooms; there are ${leastImportsBetweenRooms}.`]
      : []),
    ...unseen.map(([from, to]) => `The checker did not see that ${from} imports ${to}.`),
  ];
}
