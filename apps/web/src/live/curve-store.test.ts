import { expect, test } from 'vitest';
import { CurveStore } from './curve-store.ts';

function pointsOf(store: CurveStore) {
  const { steps, values } = store.get('job', 'loss') ?? { steps: [], values: [] };
  return Array.from(steps, (step, i) => [step, values[i]]);
}

test('points of later events follow those of the query', () => {
  const store = new CurveStore();
  store.append('job', 'loss', [1, 2, 3], [0.9, 0.8, 0.7]);
  store.append('job', 'loss', [4, 5], [0.6, 0.5]);
  expect(pointsOf(store)).toEqual([
    [1, 0.9],
    [2, 0.8],
    [3, 0.7],
    [4, 0.6],
    [5, 0.5],
  ]);
});

test('a resumed attempt replaces the points after its checkpoint', () => {
  const store = new CurveStore();
  store.append('job', 'loss', [1, 2, 3, 4], [4, 3, 2, 1]);
  store.append('job', 'loss', [3, 4, 5], [2.5, 1.5, 0.5]);
  expect(pointsOf(store)).toEqual([
    [1, 4],
    [2, 3],
    [3, 2.5],
    [4, 1.5],
    [5, 0.5],
  ]);
});

test('listeners hear of every change, and no more after they leave', () => {
  const store = new CurveStore();
  let heard = 0;
  const leave = store.subscribe(() => {
    heard += 1;
  });
  store.append('job', 'loss', [1], [1]);
  store.append('job', 'loss', [], []);
  leave();
  store.append('job', 'loss', [2], [1]);
  expect(heard).toBe(1);
  expect(store.version).toBe(2);
});

test('a curve is the same object until it changes, and stays as it was when it does', () => {
  const store = new CurveStore();
  store.append('job', 'loss', [1, 2], [4, 3]);
  const before = store.get('job', 'loss');
  expect(store.get('job', 'loss')).toBe(before);
  store.append('job', 'loss', [2, 3], [9, 9]);
  expect([...Array.from(before?.steps ?? []), ...Array.from(before?.values ?? [])]).toEqual([
    1, 2, 4, 3,
  ]);
  for (let step = 4; step < 1000; step++) store.append('job', 'loss', [step], [step]);
  expect(pointsOf(store)).toHaveLength(999);
  expect(pointsOf(store).at(-1)).toEqual([999, 999]);
});
