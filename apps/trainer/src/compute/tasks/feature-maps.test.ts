import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../../testing/tiny-compute.ts';
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
