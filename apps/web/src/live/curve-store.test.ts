import { expect, test } from 'vitest';
import { CurveStore } from './curve-store.ts';

test('points of later events follow those of the query', () => {
  const store = new CurveStore();
  store.append('job', 'loss', [1, 2, 3], [0.9, 0.8, 0.7]);
  store.append('job', 'loss', [4, 5], [0.6, 0.5]);
  expect(store.get('job', 'loss')).toEqual({
    steps: [1, 2, 3, 4, 5],
    values: [0.9, 0.8, 0.7, 0.6, 0.5],
  });
});

test('a resumed attempt replaces the points after its checkpoint', () => {
  const store = new CurveStore();
  store.append('job', 'loss', [1, 2, 3, 4], [4, 3, 2, 1]);
  store.append('job', 'loss', [3, 4, 5], [2.5, 1.5, 0.5]);
  expect(store.get('job', 'loss')).toEqual({
    steps: [1, 2, 3, 4, 5],
    values: [4, 3, 2.5, 1.5, 0.5],
  });
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
