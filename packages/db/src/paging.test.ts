import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CandidateFilter,
  type CandidateOrder,
  countCandidates,
  listCandidates,
  ratingsOf,
} from './candidates.ts';
import { cellsOf } from './cells.ts';
import { listSearches } from './list-searches.ts';
import type { Page } from './page.ts';
import type { CandidateRow, SearchRow } from './rows.ts';
import {
  localReader,
  openTestPlatform,
  playUntil,
  rateResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testCells,
} from './testing/index.ts';

/** A cell of six layers of six operations, the largest of the paper's. */
const largeCell = {
  block: 0,
  index: 0,
  layers: 6,
  channels: 40,
  stride: 2,
  candidateCount: 46_656,
};
const small = testCells[1]?.candidateCount ?? 0;

let platform: TestPlatform;
let search: SearchRow;
let smallCellId: string;
beforeAll(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
  smallCellId = (await cellsOf(platform.db, search.id))[1]?.id ?? '';
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

async function readAll<T>(read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<T> = await read(after);
    all.push(...page.edges.map(({ node }) => node));
    if (!page.hasNextPage) {
      return all;
    }
    after = page.endCursor;
  }
}

const value: Record<CandidateOrder, (row: CandidateRow) => number> = {
  LOSS: (row) => row.loss,
  PARAMS: (row) => row.params,
  MACS: (row) => row.macs,
  INDEX: (row) => row.index,
  KL: (row) => row.kl ?? 0,
  TOP1: (row) => row.top1 ?? 0,
  FLOPS_TOOL: (row) => row.flopsTool,
  ACTIVATION_BYTES: (row) => row.activationBytes ?? 0,
  ERROR: (row) => row.error ?? 0,
};

describe('listCandidates', () => {
  for (const orderBy of Object.keys(value) as CandidateOrder[]) {
    for (const direction of ['ASC', 'DESC'] as const) {
      test(`by ${orderBy} ${direction} meets every path once, in order`, async () => {
        const rows = await readAll((after) =>
          listCandidates(platform.db, smallCellId, { orderBy, direction, first: 5, after }),
        );
        expect(new Set(rows.map(({ index }) => index)).size).toBe(small);
        expect(rows).toHaveLength(small);
        const sign = direction === 'ASC' ? 1 : -1;
        const sorted = [...rows].sort(
          (a, b) => sign * (value[orderBy](a) - value[orderBy](b) || a.index - b.index),
        );
        expect(rows).toEqual(sorted);
      });
    }
  }

  test.each<[string, CandidateFilter, (row: CandidateRow) => boolean]>([
    ['loss', { loss: { max: 0.3 } }, ({ loss }) => loss <= 0.3],
    ['loss, both ends', { loss: { min: 0.1, max: 0.3 } }, ({ loss }) => loss >= 0.1 && loss <= 0.3],
    ['params', { params: { min: 1003n } }, ({ params }) => params >= 1003],
    ['macs', { macs: { max: 5_000_000_010 } }, ({ macs }) => macs <= 5_000_000_010],
    ['rank', { rank: { max: 3 } }, ({ rank }) => rank <= 3],
    ['kl', { kl: { min: 0.2 } }, ({ kl }) => (kl ?? 0) >= 0.2],
    ['nothing is left', { loss: { max: -1 } }, () => false],
    ['a layer', { ops: [{ layer: 0, digits: ['p'] }] }, () => true],
    ['another', { ops: [{ layer: 5, digits: ['3', '4'] }] }, ({ path }) => /^.{5}[34]/.test(path)],
    [
      'several',
      { ops: [{ layer: 5, digits: ['3', '4'] }], params: { max: 1003 } },
      ({ path, params }) => /^.{5}[34]/.test(path) && params <= 1003,
    ],
  ])('by %s has what satisfies it, and counts it', async (_what, filter, satisfies) => {
    const read = (more: { filter?: CandidateFilter }) =>
      readAll((after) =>
        listCandidates(platform.db, smallCellId, { orderBy: 'MACS', first: 4, after, ...more }),
      );
    const expected = (await read({})).filter(satisfies);
    expect(await read({ filter })).toEqual(expected);
    const counted = { orderBy: 'MACS', filter } as const;
    expect(await countCandidates(platform.db, smallCellId, counted)).toBe(expected.length);
  });

  test('a cursor of another filter is refused', async () => {
    const request = { orderBy: 'LOSS', first: 2 } as const;
    const page = await listCandidates(platform.db, smallCellId, request);
    await expect(
      listCandidates(platform.db, smallCellId, {
        ...request,
        after: page.endCursor,
        filter: { loss: { max: 1 } },
      }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['after'] });
  });

  test('ranks follow the losses', async () => {
    const rows = await readAll((after) =>
      listCandidates(platform.db, smallCellId, { orderBy: 'LOSS', first: 7, after }),
    );
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, i) => i + 1));
    const { losses, errors, kl, top1, costs, paths } = rateResult(small);
    for (const { index, rank: _, cellId, ...row } of rows) {
      expect(cellId).toBe(smallCellId);
      expect(row).toEqual({
        loss: losses[index],
        error: errors?.[index],
        kl: kl?.[index],
        top1: top1?.[index],
        path: paths[index],
        ...costs[index],
      });
    }
  });

  test('what a rating did not measure is null, and no order', async () => {
    const cells = [{ block: 0, index: 0, layers: 1, channels: 8, stride: 1, candidateCount: 6 }];
    const own = await startTestSearch(platform, { cells });
    await playUntil(platform, own, 'rate');
    const attempt = await takeAttempt(platform, 'rate');
    await attempt.completeRate({ ...rateResult(6), errors: null, kl: null, top1: null });
    const cellId = attempt.cell?.id ?? '';
    const byLoss = await listCandidates(platform.db, cellId, { orderBy: 'LOSS', first: 6 });
    expect(byLoss.edges.map(({ node }) => [node.error, node.kl, node.top1])).toEqual(
      Array(6).fill([null, null, null]),
    );
    expect((await listCandidates(platform.db, cellId, { orderBy: 'KL', first: 6 })).edges).toEqual(
      [],
    );
  });

  test('refuses cursors from elsewhere and counts that are none', async () => {
    const { endCursor } = await listCandidates(platform.db, smallCellId, {
      orderBy: 'LOSS',
      first: 2,
    });
    for (const after of [endCursor, 'x', '', Buffer.from('[]').toString('base64url')]) {
      await expect(
        listCandidates(platform.db, smallCellId, { orderBy: 'MACS', first: 2, after }),
      ).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['after'] });
    }
    for (const first of [0, -1, 1.5, 1001, Number.NaN]) {
      await expect(
        listCandidates(platform.db, smallCellId, { orderBy: 'LOSS', first }),
      ).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['first'] });
    }
    await expect(
      listCandidates(platform.db, 'no id', { orderBy: 'LOSS', first: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('46,656 candidates are stored and read back exactly, from the front and the depth', async () => {
  const large = await startTestSearch(platform, { cells: [largeCell] });
  await playUntil(platform, large, 'rate');
  const attempt = await takeAttempt(platform, 'rate');
  const result = rateResult(largeCell.candidateCount);
  await attempt.completeRate(result);
  const [rating] = await ratingsOf(platform.db, large.id);
  expect(rating?.losses).toEqual(result.losses);
  const cellId = attempt.cell?.id ?? '';
  const rows = await readAll((after) =>
    listCandidates(platform.db, cellId, { orderBy: 'MACS', first: 1000, after }),
  );
  expect(new Set(rows.map(({ index }) => index)).size).toBe(largeCell.candidateCount);
});

test('searches come newest first, page by page', async () => {
  for (let i = 0; i < 4; i++) {
    await startTestSearch(platform);
  }
  const rows = await readAll((after) =>
    listSearches(platform.db, { reader: localReader, first: 2, after }),
  );
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows).toHaveLength(7);
  const times = rows.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const complete = await readAll((after) =>
    listSearches(platform.db, {
      reader: localReader,
      first: 1,
      after,
      filter: { states: ['COMPLETE'] },
    }),
  );
  expect(complete.map(({ id }) => id)).toEqual([search.id]);
});
