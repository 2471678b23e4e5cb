import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reader } from './accounts/readable.ts';
import { countDatasets, listDatasets } from './list-datasets.ts';
import { countSearches, listSearches, type SearchFilter } from './list-searches.ts';
import { countTeachers, listTeachers } from './list-teachers.ts';
import type { Page } from './page.ts';
import { countSearchSpaces, listSearchSpaces } from './search-space/list-search-spaces.ts';
import { saveSearchSpace } from './search-space/search-spaces.ts';
import { localTeamId } from './team.ts';
import {
  localReader,
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  testSpec,
} from './testing/index.ts';

/** Sees what is public, and nothing else. */
const stranger: Reader = { userId: null, teamIds: [], ownedTeamIds: [] };

let platform: TestPlatform;
/** Ids by name, in the order in which they were started. */
const ids = new Map<string, string>();
let makerId: string;
const timeOf = (row: { createdAt: Date } | undefined) => row?.createdAt ?? new Date(0);

beforeAll(async () => {
  platform = await openTestPlatform();
  const { prisma } = platform.db;
  makerId = (await prisma.user.create({ data: { name: 'm', email: 'm@example.org' } })).id;
  for (const [i, name] of ['Delta', 'alpha', 'Bravo', 'charlie', 'bravo'].entries()) {
    const { id } = await startTestSearch(platform, {
      spec: { ...testSpec, name },
      tags: i % 2 === 0 ? ['even', `n${i}`] : ['odd'],
      createdById: i < 2 ? makerId : null,
    });
    ids.set(name, id);
    if (i < 3) await playUntil(platform, { id } as never, i < 2 ? 'end' : 'distil');
    await prisma.$executeRaw`UPDATE network SET top1 = ${[0.5, 0.7][i] ?? null}::float8
      WHERE search_id = ${id}::uuid AND rank = 1`;
    await prisma.teacher.updateMany({
      where: { searchId: id },
      data: { top1: i === 0 ? null : i / 10, params: BigInt(10 - i), macs: BigInt(i * 7) },
    });
    await prisma.dataset.updateMany({
      where: { searchId: id },
      data: { size: 32 + i, trainCount: 100 - i, hash: String(i).repeat(64) },
    });
    await saveSearchSpace(platform.db, {
      ...{ teamId: localTeamId, name: `${name} space`, description: '', text: 'small-32' },
      ...{ visibility: i === 0 ? 'PUBLIC' : 'PRIVATE', createdById: makerId },
    });
  }
});
afterAll(() => platform.close());

async function readAll<T>(read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 50; pages++) {
    const page: Page<T> = await read(after);
    all.push(...page.edges.map(({ node }) => node));
    if (!page.hasNextPage) return all;
    after = page.endCursor;
  }
  throw new Error('the pages do not end');
}

/** Each once, values in order, rows without one last. */
function expectSorted<T>(
  rows: readonly T[],
  keyOf: (row: T) => number | string | null,
  direction: 'ASC' | 'DESC',
  count: number,
): void {
  expect(rows).toHaveLength(count);
  expect(new Set(rows).size).toBe(count);
  const values = rows.map(keyOf);
  const there = values.filter((value) => value !== null);
  expect(values.slice(there.length)).toEqual(Array(count - there.length).fill(null));
  const sorted = [...there].sort((a, b) => {
    const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
    return direction === 'ASC' ? order : -order;
  });
  expect(there).toEqual(sorted);
}

const both = ['ASC', 'DESC'] as const;

describe('searches', () => {
  const best: Record<string, number> = { Delta: 0.5, alpha: 0.7 };
  for (const direction of both) {
    test.each([
      ['CREATED_AT', (row: { createdAt: Date }) => row.createdAt.getTime()],
      ['FINISHED_AT', (row: { finishedAt: Date | null }) => row.finishedAt?.getTime() ?? null],
      ['BEST_TOP1', (row: { name: string }) => best[row.name] ?? null],
    ] as const)(`by %s ${direction}, to the end`, async (field, keyOf) => {
      const rows = await readAll((after) =>
        listSearches(platform.db, {
          ...{ reader: localReader, first: 2, after, orderBy: { field, direction } },
        }),
      );
      expectSorted(rows, keyOf as never, direction, 5);
    });

    test(`by NAME ${direction}, as the database sorts text`, async () => {
      const rows = await readAll((after) =>
        listSearches(platform.db, {
          ...{ reader: localReader, first: 1, after, orderBy: { field: 'NAME', direction } },
        }),
      );
      const sorted = await platform.db.prisma.search.findMany({ orderBy: { name: 'asc' } });
      const names = sorted.map(({ name }) => name);
      expect(rows.map(({ name }) => name)).toEqual(direction === 'ASC' ? names : names.reverse());
    });
  }

  test.each<[string, () => SearchFilter, string[]]>([
    ['team', () => ({ teamIds: [localTeamId] }), ['Delta', 'alpha', 'Bravo', 'charlie', 'bravo']],
    ['no team', () => ({ teamIds: [] }), []],
    ['states', () => ({ states: ['COMPLETE'] }), ['Delta', 'alpha']],
    ['text in any case', () => ({ text: 'BRAV' }), ['Bravo', 'bravo']],
    ['text, not a pattern', () => ({ text: '%' }), []],
    ['a tag', () => ({ tags: ['even'] }), ['Delta', 'Bravo', 'bravo']],
    ['all tags', () => ({ tags: ['n2', 'even'] }), ['Bravo']],
    ['data set', () => ({ datasetHash: '1'.repeat(64) }), ['alpha']],
    ['account', () => ({ createdBy: makerId }), ['Delta', 'alpha']],
    ['both', () => ({ createdBy: makerId, tags: ['odd'] }), ['alpha']],
  ])('of a filter by %s, and how many', async (_what, filter, names) => {
    const which = { reader: localReader, filter: filter() };
    const rows = await readAll((after) => listSearches(platform.db, { ...which, first: 2, after }));
    expect(rows.map(({ name }) => name).reverse()).toEqual(names);
    expect(await countSearches(platform.db, which)).toBe(names.length);
  });

  test('from a time on and before another', async () => {
    const all = await readAll((after) =>
      listSearches(platform.db, { reader: localReader, first: 9, after }),
    );
    const filter = { createdAfter: timeOf(all[3]), createdBefore: timeOf(all[1]) };
    const page = await listSearches(platform.db, { reader: localReader, filter, first: 9 });
    expect(page.edges.map(({ node }) => node.id)).toEqual([all[2]?.id, all[3]?.id]);
    expect(await countSearches(platform.db, { reader: localReader, filter })).toBe(2);
  });

  test('nothing of others, not even by the order', async () => {
    const { prisma } = platform.db;
    const of = { reader: stranger, orderBy: { field: 'BEST_TOP1' as const } };
    expect((await listSearches(platform.db, { ...of, first: 9 })).edges).toEqual([]);
    expect(await countSearches(platform.db, of)).toBe(0);
    const [delta = '', alpha = ''] = ids.values();
    await prisma.search.updateMany({
      where: { id: { in: [delta, alpha] } },
      data: { visibility: 'PUBLIC' },
    });
    await prisma.dataset.updateMany({
      where: { searchId: alpha },
      data: { visibility: 'PRIVATE' },
    });
    const order = async () =>
      (await listSearches(platform.db, { ...of, first: 9 })).edges.map(({ node }) => node.name);
    expect(await order()).toEqual(['alpha', 'Delta']);
    await prisma.network.updateMany({
      where: { searchId: alpha },
      data: { visibility: 'PRIVATE' },
    });
    expect(await order()).toEqual(['Delta', 'alpha']);
    const hidden = { reader: stranger, filter: { datasetHash: '1'.repeat(64) } };
    expect(await countSearches(platform.db, hidden)).toBe(0);
    expect(await countDatasets(platform.db, { reader: stranger })).toBe(1);
    expect(await countTeachers(platform.db, { reader: stranger })).toBe(2);
    expect((await listDatasets(platform.db, { reader: stranger, first: 9 })).edges).toHaveLength(1);
    expect((await listTeachers(platform.db, { reader: stranger, first: 9 })).edges).toHaveLength(2);
    expect(await countSearchSpaces(platform.db, { reader: stranger })).toBe(1);
    const member: Reader = { userId: makerId, teamIds: [localTeamId], ownedTeamIds: [] };
    expect(await countSearchSpaces(platform.db, { reader: member })).toBe(5);
    const other: Reader = { userId: null, teamIds: [localTeamId], ownedTeamIds: [] };
    expect(await countSearchSpaces(platform.db, { reader: other })).toBe(1);
  });
});

describe('data sets', () => {
  for (const direction of both) {
    test.each([
      ['TRAIN_COUNT', (row: { trainCount: number }) => row.trainCount],
      ['SIZE', (row: { size: number }) => row.size],
      ['CREATED_AT', (row: { size: number }) => row.size],
    ] as const)(`by %s ${direction}, to the end`, async (field, keyOf) => {
      const rows = await readAll((after) =>
        listDatasets(platform.db, {
          ...{ reader: localReader, first: 1, after, orderBy: { field, direction } },
        }),
      );
      expectSorted(rows, keyOf as never, direction, 3);
    });
  }

  test.each([
    [{ hash: '2'.repeat(64) }, 1],
    [{ kind: 'procedural' }, 3],
    [{ kind: 'cifar10' }, 0],
    [{ teamIds: [] }, 0],
  ])('of %o', async (filter, count) => {
    const which = { reader: localReader, filter };
    expect((await listDatasets(platform.db, { ...which, first: 9 })).edges).toHaveLength(count);
    expect(await countDatasets(platform.db, which)).toBe(count);
  });
});

describe('teachers', () => {
  for (const direction of both) {
    test.each([
      ['TOP1', (row: { top1: number | null }) => row.top1],
      ['PARAMS', (row: { params: number }) => row.params],
      ['MACS', (row: { macs: number | null }) => row.macs],
      ['CREATED_AT', (row: { macs: number | null }) => row.macs],
    ] as const)(`by %s ${direction}, to the end`, async (field, keyOf) => {
      const rows = await readAll((after) =>
        listTeachers(platform.db, {
          ...{ reader: localReader, first: 1, after, orderBy: { field, direction } },
        }),
      );
      expectSorted(rows, keyOf as never, direction, 3);
    });
  }

  test.each([
    [{ kind: 'train' as const }, 3],
    [{ kind: 'timm' as const }, 0],
    [{ architecture: 'none' }, 0],
    [{ teamIds: [localTeamId] }, 3],
  ])('of %o', async (filter, count) => {
    const which = { reader: localReader, filter };
    expect((await listTeachers(platform.db, { ...which, first: 9 })).edges).toHaveLength(count);
    expect(await countTeachers(platform.db, which)).toBe(count);
  });
});

describe('saved spaces', () => {
  for (const direction of both) {
    for (const field of ['NAME', 'CREATED_AT'] as const) {
      test(`by ${field} ${direction}, to the end`, async () => {
        const rows = await readAll((after) =>
          listSearchSpaces(platform.db, {
            ...{ reader: localReader, first: 2, after, orderBy: { field, direction } },
          }),
        );
        const column = field === 'NAME' ? 'name' : 'createdAt';
        const sorted = await platform.db.prisma.searchSpace.findMany({
          orderBy: { [column]: 'asc' },
        });
        const names = sorted.map(({ name }) => name);
        expect(rows.map(({ name }) => name)).toEqual(direction === 'ASC' ? names : names.reverse());
      });
    }
  }

  test('of a text, and a cursor of another order is refused', async () => {
    const which = { reader: localReader, filter: { text: 'ALPHA' } };
    expect(await countSearchSpaces(platform.db, which)).toBe(1);
    const page = await listSearchSpaces(platform.db, { reader: localReader, first: 1 });
    await expect(
      listSearchSpaces(platform.db, {
        ...{ reader: localReader, first: 1, after: page.endCursor },
        orderBy: { field: 'NAME', direction: 'DESC' },
      }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['after'] });
  });
});
