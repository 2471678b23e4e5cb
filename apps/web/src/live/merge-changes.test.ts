import type { EventDetailFragment, SearchChangesQuery, SearchDetail } from '@blockwise/client';
import { expect, test } from 'vitest';
import { mergeLists, mergeRows } from './merge-changes.ts';
import { addChanges, noChanges } from './search-changes.ts';

const event = (fields: Partial<EventDetailFragment>) => fields as EventDetailFragment;

test('a burst of events asks for every row once, and for parts when the teacher is through', () => {
  const burst = [
    event({ kind: 'JOB_CHANGED', job: 'rate', jobKind: 'RATE', cell: 'cell' }),
    event({ kind: 'CELL_RATED', cell: 'cell' }),
    event({ kind: 'JOB_PROGRESS', job: 'other' }),
    event({ kind: 'JOB_CHANGED', job: 'teacher', jobKind: 'TEACHER' }),
  ].reduce(addChanges, noChanges);
  expect(burst).toEqual({
    rows: new Set(['rate', 'cell', 'teacher']),
    parts: true,
    networks: false,
    latencyTables: false,
  });
});

test('what brings no row changes nothing', () => {
  expect(addChanges(noChanges, event({ kind: 'CURVE_POINTS', job: 'a' }))).toBe(noChanges);
});

test('rows take the places of their older forms, new ones come last, drawn networks stay away', () => {
  const search = {
    jobs: [{ id: 'a', state: 'RUNNING' }, { id: 'b' }],
    blocks: [{ index: 1, cells: [{ id: 'cell', state: 'RUNNING' }] }],
    networks: [{ id: 'n1' }],
    requested: [],
    audits: [],
  } as unknown as SearchDetail;
  const rows = [
    { __typename: 'Job', id: 'a', state: 'COMPLETE' },
    { __typename: 'Job', id: 'c' },
    { __typename: 'Cell', id: 'cell', state: 'COMPLETE' },
    { __typename: 'Network', id: 'n2', origin: 'REQUESTED' },
    { __typename: 'Network', id: 'n3', origin: 'AUDIT' },
  ] as unknown as NonNullable<SearchChangesQuery['nodes'][number]>[];
  const merged = mergeRows(search, rows);
  expect(merged.jobs.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'COMPLETE'],
    ['b', undefined],
    ['c', undefined],
  ]);
  expect(merged.blocks[0]?.cells[0]?.state).toBe('COMPLETE');
  expect(merged.networks).toBe(search.networks);
  expect(merged.requested.map(({ id }) => id)).toEqual(['n2']);
});

test('new rows of a list come behind those that are there', () => {
  const search = { networks: [{ id: 'n1' }], latencyTables: [] } as unknown as SearchDetail;
  const networks = [{ id: 'n1' }, { id: 'n2' }] as unknown as SearchDetail['networks'];
  const merged = mergeLists(search, { networks });
  expect(merged.networks.map(({ id }) => id)).toEqual(['n1', 'n2']);
  expect(merged.latencyTables).toBe(search.latencyTables);
});
