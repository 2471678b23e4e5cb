import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRows } from './copy-rows.ts';
import { type Database, openDatabase } from './database.ts';
import { Prisma } from './generated/client.ts';
import { openTestPlatform, type TestPlatform } from './testing/index.ts';
import { isTooSlow } from './too-slow.ts';

describe('copyRows', () => {
  let platform: TestPlatform;
  let db: Database;
  beforeAll(async () => {
    platform = await openTestPlatform();
    db = await openDatabase({
      url: platform.url,
      applicationName: 'copies',
      poolSize: 1,
      statementTimeoutSeconds: 2,
    });
  });
  afterAll(async () => {
    await db.close();
    await platform.close();
  });

  const copied = async (select: Prisma.Sql) => {
    const rows: { name: string; bytes: string }[] = [];
    await copyRows(db, select, ['name', 'bytes'], ({ name, bytes }) => {
      rows.push({ name: name.toString(), bytes: bytes.toString('hex') });
    });
    return rows;
  };

  it('gives every row, short or long, in order', async () => {
    const rows = await copied(Prisma.sql`
      SELECT i::text AS name, decode(repeat(lpad(to_hex(i % 256), 2, '0'), i * ${997}::int), 'hex')
      FROM generate_series(0, ${300}::int) AS i ORDER BY i`);
    expect(rows).toHaveLength(301);
    const wrong = rows.filter(({ name, bytes }, i) => {
      const byte = (i % 256).toString(16).padStart(2, '0');
      return name !== String(i) || bytes !== byte.repeat(997 * i);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('gives nothing where there is nothing', async () => {
    expect(await copied(Prisma.sql`SELECT '', ''::bytea WHERE false`)).toEqual([]);
    expect(await copied(Prisma.sql`SELECT '', ''::bytea`)).toEqual([{ name: '', bytes: '' }]);
  });

  it.each([
    [["it's"]],
    [['back\\slash', "\\'; DROP TABLE job; --", 'two\nlines']],
    [['$1', '%s', '?', '']],
    [['é€😀']],
    [[]],
  ])('takes the texts %j as they are', async (texts: string[]) => {
    const rows = await copied(Prisma.sql`
      SELECT text, ''::bytea FROM unnest(${texts}::text[]) WITH ORDINALITY AS t (text, i)
      WHERE text = ANY(${texts}::text[]) AND ${-1}::int = -1 AND ${'a'} = 'a' ORDER BY i`);
    expect(rows.map(({ name }) => name)).toEqual(texts);
  });

  it('takes no parameters that it cannot write', async () => {
    await expect(copied(Prisma.sql`SELECT ${new Date()}::text, ''::bytea`)).rejects.toThrow(
      'object',
    );
    await expect(copied(Prisma.sql`SELECT ${Number.NaN}::text, ''::bytea`)).rejects.toThrow(
      'number',
    );
  });

  it('tells that a statement was wrong or took too long, and leaves the pool good', async () => {
    const slow = copied(Prisma.sql`SELECT pg_sleep(60)::text, ''::bytea`);
    expect(isTooSlow(await slow.catch((error: unknown) => error))).toBe(true);
    const wrong = copied(Prisma.sql`SELECT nothing`);
    const error = await wrong.catch((error: unknown) => error);
    expect(isTooSlow(error)).toBe(false);
    expect(error).toMatchObject({ code: '42703' });
    expect(await copied(Prisma.sql`SELECT 'a', ''::bytea`)).toEqual([{ name: 'a', bytes: '' }]);
  });

  it('passes on what is thrown for a row, and leaves the pool good', async () => {
    const select = Prisma.sql`SELECT i::text FROM generate_series(1, ${100_000}::int) AS i`;
    let rows = 0;
    const refused = copyRows(db, select, ['i'], () => {
      rows++;
      throw new Error('no more');
    });
    await expect(refused).rejects.toThrow('no more');
    expect(rows).toBe(1);
    expect(await db.prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });
});
