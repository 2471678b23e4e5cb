import { expect, test } from 'vitest';
import { nearestByLayer, type RunnerUp, reasonOf } from './why.ts';

const runnerUp = (over: Partial<RunnerUp>): RunnerUp => ({
  ...{
    block: 1,
    layer: 1,
    op: 'ir_k3_e6',
    path: '0',
    encoding: '1:0',
    loss: 1,
    error: null,
    rank: 2,
  },
  ...{
    gap: 0.1,
    relativeGap: 0.1,
    params: '10',
    macs: '10',
    activationBytes: '4',
    latencyMs: null,
  },
  ...{ breaks: [] },
  ...over,
});
const all = [
  runnerUp({ gap: 0.3 }),
  runnerUp({ gap: 0.1, layer: 2 }),
  runnerUp({ gap: -0.2, layer: 2, breaks: ['PARAMS'] }),
  runnerUp({ gap: -0.1, layer: 1, breaks: ['MACS'] }),
  runnerUp({ gap: 0.2, layer: 2, breaks: ['MACS'] }),
  runnerUp({ gap: -0.5, block: 2 }),
];
const rated = { path: '12', loss: 2, error: null, rank: 3, params: '1', macs: '1' };
const cells = [
  { index: 1, candidateCount: 36, best: { loss: 1.8 } },
  { index: 2, candidateCount: 216, best: { loss: 2.5 } },
  { index: 3, candidateCount: 6, best: { loss: 2.1 } },
  { index: 4, candidateCount: 6, best: null },
];

test('a block won by its nearest rival within the bounds, and lost to none but those outside', () => {
  const reason = reasonOf({ block: 1, cell: 1 }, rated, all, cells);
  expect(reason).toMatchObject({ block: 1, rank: 3, of: 36 });
  expect(reason.nearest).toBe(all[1]);
  expect(reason.forbidden).toBe(all[2]);
  expect(reason.otherCell?.cell).toBe(3);
  expect(reason.otherCell?.relativeGap).toBeCloseTo(0.05, 12);
});

test('a block of one cell and one operation has nothing to say', () => {
  expect(reasonOf({ block: 3, cell: 1 }, { ...rated, rank: 1 }, all, cells.slice(0, 1))).toEqual({
    ...{ block: 3, rank: 1, of: 36 },
    ...{ nearest: undefined, forbidden: undefined, otherCell: undefined },
  });
});

test('every layer has its nearest rival', () => {
  expect([...nearestByLayer(all)].map(([key, { gap }]) => [key, gap])).toEqual([
    ['1.1', 0.3],
    ['1.2', 0.1],
    ['2.1', -0.5],
  ]);
});
