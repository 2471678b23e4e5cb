import { createRandom } from '../../packages/dna/src/index.ts';
import { targets } from './catalogue.ts';
import type { TargetName } from './target-names.mjs';

/** An input that was neither taken nor refused in an orderly way. */
export interface Finding {
  /** Which of the inputs it was: with the seed it comes again. */
  readonly number: number;
  readonly input: string;
  readonly reason: string;
}

export interface TargetReport {
  readonly target: TargetName;
  readonly inputs: number;
  readonly taken: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
  readonly findings: readonly Finding[];
}

/** Nothing that anybody sends may keep a process for so long. */
const longestSeconds = 5;
/** More of them would be the same ones. */
const mostFindings = 10;

/** Feeds one target; ends early when it has found much. */
export async function fuzzTarget(
  name: TargetName,
  { inputs, seed }: { inputs: number; seed: number },
): Promise<TargetReport> {
  const target = await targets[name]();
  const findings: Finding[] = [];
  const counts = { taken: 0, refused: 0 };
  let slowestMilliseconds = 0;
  let number = 0;
  try {
    for (; number < inputs && findings.length < mostFindings; number += 1) {
      let input: unknown;
      const begin = performance.now();
      try {
        const random = createRandom('fuzz', name, seed, number);
        const answer = await target.feed(random, (shown) => {
          input = shown;
        });
        counts[answer] += 1;
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        findings.push({ number, input: readable(input), reason });
      }
      const milliseconds = performance.now() - begin;
      slowestMilliseconds = Math.max(slowestMilliseconds, milliseconds);
      if (milliseconds > longestSeconds * 1000) {
        const reason = `it took ${(milliseconds / 1000).toFixed(1)} s`;
        findings.push({ number, input: readable(input), reason });
      }
    }
  } finally {
    await target.close?.();
  }
  return { target: name, inputs: number, ...counts, slowestMilliseconds, findings };
}

function readable(input: unknown): string {
  if (input instanceof Uint8Array) return Buffer.from(input).toString('base64');
  return typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input));
}

/** A report in lines for people. */
export function linesOf(report: TargetReport): string[] {
  const { target, inputs, taken, refused, slowestMilliseconds, findings } = report;
  const counts = `${inputs} inputs: ${taken} taken, ${refused} refused, ${findings.length} findings`;
  return [
    `${target.padEnd(14)} ${counts}; the slowest took ${slowestMilliseconds.toFixed(0)} ms`,
    ...findings.flatMap(({ number, input, reason }) => [
      `  input ${number}: ${input.length > 2000 ? `${input.slice(0, 2000)}…` : input}`,
      ...reason.split('\n').map((line) => `    ${line}`),
    ]),
  ];
}
