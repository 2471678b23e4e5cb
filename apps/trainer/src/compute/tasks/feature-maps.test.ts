import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TinyCompute } from '../../testing/tiny-compute.ts';
import type { EarlierBlocks } from '../earlier-blocks.ts';
import type { FeatureMapsRequest } from './feature-maps.ts';

let tiny: TinyCompute;
let request: FeatureMapsRequest;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  const { features: _, draws: __, passes: ___, ...place } = await tiny.distilRequest();
  const { weights } = await tiny.run('distil', await tiny.distilRequest());
  const { rating } = tiny.spec;
  request = { ...place, rating, weights, candidateIndex: 2, samples: [0, 17, 9] };
});
afterAll(() => tiny.close());

const ofMap = 2 * 2 * 12;

test('the losses are those of the maps', async () => {
  const { teacher, student, loss, mse } = await tiny.run('featureMaps', request);
  expect([teacher.length, student.length]).toEqual([3 * ofMap, 3 * ofMap]);
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const differences = Float64Array.from(student, (value, i) => value - (teacher[i] ?? 0));
  const level = mean(teacher);
  const squares = mean(Float64Array.from(teacher, (value) => (value - level) ** 2));
  const variance = (squares * teacher.length) / (teacher.length - 1);
  expect(loss).toBeGreaterThan(0.01);
  expect(loss).toBeCloseTo(mean(differences.map(Math.abs)) / Math.sqrt(variance), 5);
  expect(mse).toBeCloseTo(mean(differences.map((value) => value ** 2)), 10);
  // As the engine has it by its own reduction.
  const rating = { ...request.rating, measure: 'mseOverVariance' as const };
  const squared = await tiny.run('featureMaps', { ...request, rating });
  expect(squared.student).toEqual(student);
  expect(squared.loss * variance).toBeCloseTo(mse, 5);
});

test('a map is of its image and path, whatever stands beside it', async () => {
  const all = await tiny.run('featureMaps', request);
  const alone = await tiny.run('featureMaps', { ...request, samples: [17] });
  const second = (values: Float32Array) => [...values.subarray(ofMap, 2 * ofMap)];
  const near = (values: Float32Array, expected: readonly number[]) => {
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 5);
  };
  near(alone.teacher, second(all.teacher));
  near(alone.student, second(all.student));
  const other = await tiny.run('featureMaps', { ...request, candidateIndex: 1 });
  expect(other.teacher).toEqual(all.teacher);
  expect(other.loss).not.toBe(all.loss);
});

describe('behind blocks of the student itself', () => {
  /** Two supernets of the first block, and two ways through it. */
  let supernets: EarlierBlocks['supernets'];
  const way = { cell: 1, path: [0, 1] };
  const otherWay = { cell: 0, path: [1] };
  beforeAll(async () => {
    const made = [];
    for (const cell of [0, 1]) {
      const { weights } = await tiny.run(
        'distil',
        await tiny.distilRequest({}, { block: 0, cell }),
      );
      made.push({ block: 0, cell, weights });
    }
    supernets = made;
  });

  async function trained(strategy: 's1' | 's2'): Promise<FeatureMapsRequest> {
    const earlier = { pools: [[way, otherWay]], supernets };
    const { weights } = await tiny.run(
      'distil',
      await tiny.distilRequest({ strategy }, { earlier }),
    );
    return { ...request, strategy, earlier: { pools: [[way]], supernets }, weights };
  }

  test.each(['s1', 's2'] as const)(
    '%s: the student has its own features before',
    async (strategy) => {
      const own = await trained(strategy);
      const maps = await tiny.run('featureMaps', own);
      const dna = await tiny.run('featureMaps', { ...request, weights: own.weights });
      // The teacher's are of the image alone; the student's follow from what its own blocks make of it.
      expect(maps.teacher).toEqual(dna.teacher);
      expect(maps.student).not.toEqual(dna.student);
      const behind = { ...own, earlier: { pools: [[otherWay]], supernets } };
      const other = await tiny.run('featureMaps', behind);
      expect(other.teacher).toEqual(maps.teacher);
      expect(other.student).not.toEqual(maps.student);
      const alone = await tiny.run('featureMaps', { ...own, samples: [17] });
      const second = [...maps.student.subarray(ofMap, 2 * ofMap)];
      for (const [i, value] of alone.student.entries())
        expect(value).toBeCloseTo(second[i] ?? 0, 5);
    },
  );

  test('s1 has the blocks before in its own weights, s2 as they were distilled', async () => {
    const none = supernets.map((each) => ({ ...each, weights: new Uint8Array() }));
    const together = await trained('s1');
    const maps = await tiny.run('featureMaps', together);
    const without = { ...together, earlier: { pools: [[way]], supernets: none } };
    expect(await tiny.run('featureMaps', without)).toEqual(maps);
    const frozen = await trained('s2');
    const lost = { ...frozen, earlier: { pools: [[way]], supernets: none } };
    await expect(tiny.run('featureMaps', lost)).rejects.toThrow('safetensors');
  });
});
