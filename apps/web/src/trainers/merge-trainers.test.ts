import type { TrainerDetailFragment } from '@blockwise/client';
import { expect, test } from 'vitest';
import { mergeTrainers } from './merge-trainers.ts';

const row = (id: string, state: TrainerDetailFragment['state'], busySlots = 0) =>
  ({ id, state, busySlots }) as TrainerDetailFragment;
const pages = [
  { nodes: [row('a', 'IDLE'), row('b', 'BUSY', 1)], totalCount: 3 },
  { nodes: [row('c', 'IDLE')], totalCount: 3 },
];
const isHere = ({ state }: TrainerDetailFragment) => state !== 'LOST';

test('who changed stands where it stood, who was lost goes, who appears comes last', () => {
  const changed = [row('a', 'BUSY', 2), row('b', 'LOST'), row('d', 'IDLE'), row('x', 'LOST')];
  const merged = mergeTrainers(pages, changed, isHere);
  expect(merged.map(({ nodes }) => nodes)).toEqual([
    [row('a', 'BUSY', 2)],
    [row('c', 'IDLE'), row('d', 'IDLE')],
  ]);
  expect(merged.map(({ totalCount }) => totalCount)).toEqual([3, 3]);
});

test('nothing told changes nothing', () => {
  expect(mergeTrainers(pages, [], isHere)).toEqual(pages);
});
