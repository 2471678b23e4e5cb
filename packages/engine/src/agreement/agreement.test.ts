import { type EngineName, engineNames } from '@blockwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { askProcess } from '../backends/ask-process.ts';
import { selfTest } from '../backends/self-test.ts';
import type { SelfTestReport } from '../backends/self-test-report.ts';
import { isSetUp } from '../backends/set-up.ts';
import { offerSoftwareVulkan } from '../backends/webgpu/software-vulkan.ts';
import { relativeError } from '../tolerance.ts';
import type { TinySearch } from './tiny-search.ts';

/**
 * How far a loss may be from the reference's, relative to it. Rounding differs in the last bits of
 * every sum, and each training step builds on the one before: 28 of them, and Adam divides by
 * gradients that are nearly zero, where a last bit decides a sign.
 */
const tolerance = 1e-2;

/** Software Vulkan takes minutes on a busy machine. */
const limitMilliseconds = 600_000;

/** Runs the tiny search in a process of its own: tfjs's state is one for a whole process. */
function searchOn(name: EngineName): Promise<TinySearch> {
  const program = new URL('./tiny-search-process.ts', import.meta.url);
  return askProcess(program, name, limitMilliseconds / 1000);
}

const others = engineNames.filter((name) => name !== 'cpu');
offerSoftwareVulkan();
const test = { speed: false, allowSoftware: true };
const reports = await Promise.all(others.map((name) => selfTest(name, test)));

/** What is set up has to work; but for webgpu, a machine may have no adapter at all. */
function isToPass({ name, available }: SelfTestReport): boolean {
  return isSetUp(name) && (name !== 'webgpu' || available);
}

describe('the tiny search finds what tfjs in plain JavaScript finds, on', () => {
  let reference: TinySearch;
  beforeAll(async () => {
    reference = await searchOn('cpu');
  }, limitMilliseconds);

  for (const report of reports) {
    const { name, reason } = report;
    const isThere = isToPass(report);
    it.skipIf(!isThere)(
      isThere ? name : `${name} (not here: ${reason})`,
      async () => {
        expect(reason).toBeNull();
        const found = await searchOn(name);
        const losses = ({ teacherLosses, cellLosses }: TinySearch) => [
          teacherLosses,
          ...cellLosses,
        ];
        for (const [i, curve] of losses(found).entries()) {
          expect(relativeError(curve, losses(reference)[i] ?? [])).toBeLessThan(tolerance);
        }
        for (const [block, { losses, errors }] of found.ratings.entries()) {
          const expected = reference.ratings[block];
          if (!expected) throw new Error('both rate the same cells');
          expect(relativeError(losses, expected.losses)).toBeLessThan(tolerance);
          // The same best path, or a tie: within both confidence intervals.
          const [best, other] = [losses, expected.losses].map(indexOfLeast) as [number, number];
          const gap = at(losses, other) - at(losses, best);
          expect(gap).toBeLessThanOrEqual(at(errors, best) + at(errors, other));
        }
        const gap = lossOf(found, reference.network) - lossOf(found, found.network);
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThanOrEqual(errorOf(found, reference.network));
      },
      limitMilliseconds,
    );
  }
});

function lossOf({ ratings }: TinySearch, network: readonly number[]): number {
  return ratings.reduce((sum, { losses }, block) => sum + at(losses, network[block] ?? -1), 0);
}

function errorOf({ ratings }: TinySearch, network: readonly number[]): number {
  return ratings.reduce((sum, { errors }, block) => sum + at(errors, network[block] ?? -1), 0);
}

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new Error(`there is no path ${index}`);
  return value;
}
