import { expect, test } from 'vitest';
import {
  sampleCell,
  sampleJob,
  sampleNetwork,
  sampleRetraining,
  sampleSearch,
  sampleStart,
  sampleTeacher,
} from '../testing/sample-search.ts';
import { searchRows } from './rows.ts';

const after = (seconds: number) => sampleStart + 1000 * seconds;
const progress = { done: 30, total: 120, unit: 'steps', perSecond: 15, note: null };

test('phases and cells have rows before their jobs exist', () => {
  const rows = searchRows(sampleSearch(), new Map(), after(0));
  expect(rows.map(({ name }) => name)).toEqual([
    ...['teacher', 'distil', 'cell 1.1', 'cell 2.1', 'rate', 'cell 1.1', 'cell 2.1'],
    ...['solve', 'retrain'],
  ]);
  expect(rows.every(({ state, fraction }) => state === 'WAITING' && fraction === 0)).toBe(true);
});

test('a running job tells count, rate, time left, loss and a repeated attempt', () => {
  const job = sampleJob({ id: 'd', kind: 'DISTIL', cell: { id: 'a' }, progress, attempt: 2 });
  const rows = searchRows(sampleSearch({ jobs: [job] }), new Map([['d', 0.123456]]), after(5));
  const cell = rows.find(({ name }) => name === 'cell 1.1');
  expect(cell).toMatchObject({ state: 'RUNNING', fraction: 0.25 });
  expect(cell?.facts).toEqual(['30/120 steps', '15/s', '6 s left', 'loss 0.1235', 'attempt 2']);
});

test("a phase's bar is the mean of its cells, its time left follows from the time it took", () => {
  const jobs = [
    sampleJob({ id: 'd1', kind: 'DISTIL', cell: { id: 'a' }, state: 'COMPLETE' }),
    sampleJob({ id: 'd2', kind: 'DISTIL', cell: { id: 'b' }, state: 'QUEUED' }),
  ];
  const rows = searchRows(sampleSearch({ jobs }), new Map(), after(40));
  const phase = rows.find(({ name }) => name === 'distil');
  expect(phase).toMatchObject({ state: 'RUNNING', fraction: 0.5 });
  expect(phase?.facts).toEqual(['1/2 cells', '40 s left']);
});

test('finished parts tell their result', () => {
  const best = { path: '01', layers: [], loss: 0.25, error: null, params: '1', macs: '1' };
  const search = sampleSearch({
    teacher: sampleTeacher({}),
    blocks: [{ index: 1, cells: [sampleCell({ id: 'a', best })] }],
    networks: [sampleNetwork({ retrainings: [sampleRetraining({ top1: 0.6543 })] })],
    jobs: [
      sampleJob({ state: 'COMPLETE' }),
      sampleJob({ kind: 'RATE', cell: { id: 'a' }, state: 'COMPLETE' }),
      sampleJob({ kind: 'SOLVE', state: 'COMPLETE' }),
      sampleJob({ kind: 'RETRAIN', retraining: { id: 'retraining' }, state: 'COMPLETE' }),
    ],
  });
  const facts = searchRows(search, new Map(), after(9)).flatMap((row) => row.facts);
  expect(facts).toEqual(
    expect.arrayContaining(['top-1 71.3 %', 'best 01', 'loss 0.25', '1 networks', 'top-1 65.4 %']),
  );
});

test('latency has a row where it is measured, and every training its own', () => {
  const table = { id: 'l', engine: 'wasm', device: 'two cores', batch: 1 };
  const retrainings = ['a', 'b'].map((id) => sampleRetraining({ id, top1: null }));
  const search = sampleSearch({
    teacher: sampleTeacher({ top1: null }),
    latencyTables: [{ ...table, createdAt: '', measuredAt: '' }],
    networks: [sampleNetwork({ retrainings })],
    jobs: [
      sampleJob({ state: 'COMPLETE' }),
      sampleJob({ kind: 'LATENCY', latencyTable: { id: 'l' }, state: 'COMPLETE' }),
      sampleJob({ kind: 'RETRAIN', retraining: { id: 'b' } }),
    ],
  });
  const rows = searchRows(search, new Map(), after(1));
  expect(rows.slice(0, 2)).toMatchObject([
    { name: 'teacher', facts: ['not tested'] },
    { name: 'latency', facts: ['wasm, two cores'] },
  ]);
  expect(rows.slice(-3)).toMatchObject([
    { name: 'retrain', facts: ['0/2 trainings'] },
    { name: 'network 1 seed 1', state: 'WAITING' },
    { name: 'network 1 seed 2', state: 'RUNNING' },
  ]);
});

test('one failed cell fails its phase', () => {
  const jobs = [sampleJob({ kind: 'DISTIL', cell: { id: 'a' }, state: 'FAILED' })];
  const rows = searchRows(sampleSearch({ jobs }), new Map(), after(1));
  expect(rows.find(({ name }) => name === 'distil')?.state).toBe('FAILED');
});
