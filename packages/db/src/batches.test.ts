import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFloats, readInts } from './binary-array.ts';
import { candidateBatches } from './candidate-batches.ts';
import { cellsOf } from './cells.ts';
import { curveBatches } from './curve-batches.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from './testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('candidateBatches', () => {
  test('have every path once, in order, whatever their size', async () => {
    const search = await startTestSearch(platform);
    await playUntil(platform, search, 'solve');
    const [cell] = await cellsOf(platform.db, search.id);
    if (cell === undefined) throw new Error('no cell');
    const stored = await platform.db.prisma.candidate.findMany({
      where: { cellId: cell.id },
      orderBy: { index: 'asc' },
    });
    expect(stored.length).toBe(cell.candidateCount);
    for (const size of [1, 2, stored.length, stored.length + 1, 20_000]) {
      const batches = await all(candidateBatches(platform.db, cell.id, size));
      expect(batches.map(({ length }) => length).every((length) => length <= size)).toBe(true);
      expect(
        batches.flat().map(({ index, path, loss, rank }) => ({ index, path, loss, rank })),
      ).toEqual(stored.map(({ index, path, loss, rank }) => ({ index, path, loss, rank })));
    }
  });
});

describe('curveBatches', () => {
  test('have every point once, by key and step, a batch as small as its pieces allow', async () => {
    await startTestSearch(platform);
    const attempt = await takeAttempt(platform, 'teacher');
    const jobId = attempt.job.id;
    const points = (key: string, from: number, to: number) => {
      const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
      return {
        key,
        steps,
        values: steps.map((step) => 1 / step),
        wallTimes: steps.map((step) => step / 8),
      };
    };
    await attempt.appendCurves([points('loss', 1, 10), points('accuracy', 2, 2)]);
    await attempt.appendCurves([points('loss', 11, 15), points('rate', 3, 6)]);
    const joined = async (keys: readonly string[] | null, size: number) => {
      const batches = await all(curveBatches(platform.db, jobId, keys, size));
      const pieces = batches.flat();
      return {
        pieces: batches.map(({ length }) => length),
        points: pieces.flatMap(({ key, steps, values, wallTimes }) =>
          Array.from(steps, (step, i) => [key, step, values[i], wallTimes[i]]),
        ),
      };
    };
    const rows = (...curves: ReturnType<typeof points>[]) =>
      curves.flatMap(({ key, steps, values, wallTimes }) =>
        steps.map((step, i) => [key, step, values[i], wallTimes[i]]),
      );
    const every = rows(points('accuracy', 2, 2), points('loss', 1, 15), points('rate', 3, 6));
    expect(await joined(null, 1)).toEqual({ pieces: [1, 1, 1, 1], points: every });
    expect(await joined(null, 11)).toEqual({ pieces: [2, 2], points: every });
    expect(await joined(null, 12)).toEqual({ pieces: [3, 1], points: every });
    expect(await joined(null, 1000)).toEqual({ pieces: [4], points: every });
    expect(await joined(['rate', 'none', 'accuracy'], 1000)).toEqual({
      pieces: [2],
      points: rows(points('accuracy', 2, 2), points('rate', 3, 6)),
    });
    expect(await joined([], 1000)).toEqual({ pieces: [], points: [] });
    expect(
      await all(curveBatches(platform.db, '00000000-0000-7000-8000-00000000dead', null)),
    ).toEqual([]);
  });
});

describe('lists in binary form', () => {
  const floats = [0, -0, 1 / 3, 5e-324, -Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN];
  const ints = [0, -1, 2_147_483_647, -2_147_483_648];

  test('arrive bit by bit', async () => {
    const [row] = await platform.db.prisma.$queryRaw<{ floats: Uint8Array; ints: Uint8Array }[]>`
      SELECT array_send(${floats.map((value) => (Object.is(value, -0) ? '-0' : String(value)))}::text[]::float8[]) AS floats,
        array_send(${ints}::int[]) AS ints`;
    if (row === undefined) throw new Error('no row');
    expect([...readFloats(row.floats)]).toEqual(floats);
    expect([...readInts(row.ints)]).toEqual(ints);
    expect(() => readInts(row.floats)).toThrow('not a list of 4-byte values');
  });

  test('may be empty, and have no nulls', async () => {
    const [row] = await platform.db.prisma.$queryRaw<{ none: Uint8Array; nulls: Uint8Array }[]>`
      SELECT array_send('{}'::int[]) AS none, array_send('{1,NULL}'::int[]) AS nulls`;
    if (row === undefined) throw new Error('no row');
    expect(readInts(row.none)).toHaveLength(0);
    expect(() => readInts(row.nulls)).toThrow('not a list');
  });
});
