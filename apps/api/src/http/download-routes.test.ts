import { randomUUID } from 'node:crypto';
import { createToken } from '@blockwise/db';
import { takeAttempt } from '@blockwise/db/testing';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinkSigner } from '../links/link-signer.ts';
import { encodeGlobalId } from '../schema/global-id.ts';
import { type Data, startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';
import {
  playDistil,
  playRate,
  playTeacher,
  playThrough,
  startSearch,
} from '../testing/test-search.ts';

/* Tables of a real search as files, read back by other libraries and held against the database. */

/** As many paths as the largest cells of DNA's spaces have: 6 operations in 6 layers. */
const manyPaths = 46_656;

let api: TestApi;
let search: string;
let cell: string;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playTeacher(api.platform);
  for (const _ of [1, 2, 3]) await playDistil(api.platform, 300);
  for (const _ of [1, 2]) await playRate(api.platform);
  const attempt = await takeAttempt(api.platform, 'rate');
  const id = attempt.cell?.id ?? '';
  cell = encodeGlobalId('Cell', id);
  await api.platform.db.prisma.$executeRaw`
    INSERT INTO candidate (cell_id, index, path, loss, error, kl, top1, params, macs, flops_tool,
      activation_bytes, rank)
    SELECT ${id}::uuid, i, lpad(i::text, 6, '0'), random() * 10,
      CASE WHEN i % 3 = 0 THEN NULL ELSE random() / 1e9 END, CASE WHEN i % 2 = 0 THEN random() END,
      CASE WHEN i % 2 = 0 THEN random() END, 1000 + i, 9007199254740000::int8 - i, 2 * i,
      CASE WHEN i % 5 = 0 THEN NULL ELSE i * 4 END, i + 1
    FROM generate_series(0, ${manyPaths - 1}::int) AS i`;
  await api.platform.db.prisma.cell.update({ where: { id }, data: { ratedAt: new Date() } });
});
afterAll(() => api.close());
afterEach(() => {
  vi.useRealTimers();
});

const exportCandidates = /* GraphQL */ `
  query ($cell: ID, $search: ID, $format: TableFormat!) {
    table: exportCandidates(cell: $cell, search: $search, format: $format) {
      url expiresAt format fileName
    }
  }
`;
const exportCurves = /* GraphQL */ `
  query ($jobs: [ID!], $search: ID, $keys: [String!], $format: TableFormat!) {
    table: exportCurves(jobs: $jobs, search: $search, keys: $keys, format: $format) {
      url expiresAt format fileName
    }
  }
`;

function download(url: string, init?: RequestInit): Promise<Response> {
  return fetch(new URL(url, api.server.url), init);
}

/** Rows of a file, as another library reads them; of CSV all values are texts. */
async function rowsOf(
  query: string,
  variables: Record<string, unknown>,
  from = api,
): Promise<Data[]> {
  const { table } = await from.ask(query, variables);
  const answer = await fetch(new URL(table.url, from.server.url));
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  switch (variables.format) {
    case 'PARQUET':
      return await parquetReadObjects({ file: bytes.buffer });
    case 'ARROW':
      return tableFromIPC(bytes)
        .toArray()
        .map((row) => row.toJSON());
    default: {
      const [head = '', ...lines] = Buffer.from(bytes).toString('utf8').split('\r\n');
      const names = head.split(',');
      expect(lines.pop()).toBe('');
      return lines.map((line) => {
        const fields = line.split(',');
        return Object.fromEntries(names.map((name, i) => [name, fields[i]]));
      });
    }
  }
}

/** A row as CSV has it. */
function asTexts(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, String(value ?? '')]),
  );
}

/** What the database has, in the names of the file. */
async function storedCandidates(): Promise<Record<string, unknown>[]> {
  const rows = await api.platform.db.prisma.candidate.findMany({ include: { cell: true } });
  return rows
    .sort((a, b) => a.cell.block - b.cell.block || a.cell.index - b.cell.index || a.index - b.index)
    .map((row) => ({
      cell: encodeGlobalId('Cell', row.cellId),
      block: row.cell.block,
      cell_index: row.cell.index,
      path_index: row.index,
      path: row.path,
      loss: row.loss,
      error: row.error,
      kl: row.kl,
      top1: row.top1,
      params: row.params,
      macs: row.macs,
      flops_tool: row.flopsTool,
      activation_bytes: row.activationBytes,
      rank: row.rank,
    }));
}

describe.each(['PARQUET', 'CSV', 'ARROW'])('as %s', (format) => {
  it('46,656 candidates of a cell are those of the database, value by value', async () => {
    const rows = await rowsOf(exportCandidates, { cell, format });
    const stored = (await storedCandidates()).filter((row) => row.cell === cell);
    expect(stored).toHaveLength(manyPaths);
    // One comparison of all of them: a difference is looked for only when there is one.
    const expected = format === 'CSV' ? stored.map(asTexts) : stored;
    expect(rows).toHaveLength(manyPaths);
    const wrong = rows.findIndex((row, i) =>
      Object.entries(expected[i] ?? {}).some(([name, value]) => row[name] !== value),
    );
    expect([rows[wrong], wrong]).toEqual([expected[wrong], -1]);
    expect(Object.keys(rows[0])).toEqual(Object.keys(expected[0] ?? {}));
  });

  it('candidates of a search are those of all its rated cells, in order', async () => {
    const rows = await rowsOf(exportCandidates, { search, format });
    const stored = await storedCandidates();
    const expected = format === 'CSV' ? stored.map(asTexts) : stored;
    expect(rows.length).toBe(stored.length);
    expect(rows.length).toBeGreaterThan(manyPaths);
    const places = (list: Data[]) =>
      list.map((row) => `${row.block} ${row.cell_index} ${row.path_index} ${row.loss}`);
    expect(places(rows)).toEqual(places(expected));
  });

  it('curves are the points that were reported, all of them', async () => {
    const { search: found } = await api.ask(
      'query ($id: ID!) { search(id: $id) { jobs { nodes { id kind curveKeys } } } }',
      { id: search },
    );
    const jobs: string[] = found.jobs.nodes.map(({ id }: Data) => id);
    const { curves } = await api.ask(
      'query ($jobs: [ID!]!) { curves(jobs: $jobs, sampling: NONE) { job key steps values wallTimes } }',
      { jobs },
    );
    const stored: Record<string, unknown>[] = curves.flatMap(
      ({ job, key, steps, values, wallTimes }: Data) =>
        steps.map((step: number, i: number) => ({
          job,
          key,
          step,
          value: values[i],
          wall_time: wallTimes[i],
        })),
    );
    const expected = format === 'CSV' ? stored.map(asTexts) : stored;
    expect(stored).toHaveLength(3 * 300);
    expect(await rowsOf(exportCurves, { jobs, format })).toEqual(expected);
    expect(await rowsOf(exportCurves, { search, keys: ['loss'], format })).toEqual(expected);
    expect(await rowsOf(exportCurves, { jobs, keys: ['none'], format })).toEqual([]);
    const [last] = expected.slice(-1);
    expect(await rowsOf(exportCurves, { jobs: [last?.job], format })).toEqual(
      expected.filter((row) => row.job === last?.job),
    );
  });
});

describe('entries of a leaderboard', () => {
  let other: TestApi;
  let board: string;
  beforeAll(async () => {
    other = await startTestApi();
    for (const _ of [1, 2]) {
      await startSearch(other);
      await playThrough(other.platform, 'retrain');
    }
    const { leaderboards } = await other.ask('{ leaderboards(first: 1) { nodes { id } } }');
    board = leaderboards.nodes[0].id;
  });
  afterAll(() => other.close());

  it.each(['PARQUET', 'CSV', 'ARROW'])('are those of the API as %s', async (format) => {
    const { node } = await other.ask(
      `query ($id: ID!) { node(id: $id) { ... on Leaderboard { entries { nodes {
        id rank state top1 top1Deviation teacherTop1 params macs architecture enteredAt
      } } } } }`,
      { id: board },
    );
    const expected = node.entries.nodes.map((entry: Data) => ({
      entry: entry.id,
      rank: entry.rank,
      state: entry.state,
      top1: entry.top1,
      top1_deviation: entry.top1Deviation,
      teacher_top1: entry.teacherTop1,
      params: BigInt(entry.params),
      macs: BigInt(entry.macs),
      architecture: entry.architecture,
      entered_at: new Date(entry.enteredAt),
    }));
    expect(expected.length).toBe(4);
    const query = `query ($board: ID!, $format: TableFormat!) {
      table: exportEntries(leaderboard: $board, format: $format) { url }
    }`;
    const rows = await rowsOf(query, { board, format }, other);
    const shown = {
      PARQUET: (row: Data) => row,
      CSV: (row: Data) => asTexts({ ...row, entered_at: row.entered_at.toISOString() }),
      ARROW: (row: Data) => ({ ...row, entered_at: row.entered_at.getTime() }),
    }[format];
    expect(rows).toMatchObject(expected.map(shown));
    expect(Object.keys(rows[0])).toHaveLength(21);
    expect(Number(rows[0].hours)).toBeGreaterThan(0);
    expect(Number(rows[0].trainings)).toBe(1);
  });
});

describe('a link', () => {
  it('says what it leads to, and until when', async () => {
    const before = Date.now();
    const { table } = await api.ask(exportCandidates, { cell, format: 'CSV' });
    expect(table).toMatchObject({
      format: 'CSV',
      fileName: expect.stringMatching(/^blockwise-candidates-[0-9a-f]{12}\.csv$/),
    });
    const minutes = (Date.parse(table.expiresAt) - before) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(10);
    const answer = await download(table.url, { method: 'HEAD', headers: { Origin: testOrigin } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${table.fileName}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': testOrigin,
    });
  });

  it('is refused when it is altered, cut off, or signed by another', async () => {
    const { table } = await api.ask(exportCandidates, { cell, format: 'CSV' });
    const [root, signed = ''] = [`/downloads/`, table.url.slice('/downloads/'.length)];
    const at = signed.indexOf('.') - 4;
    const other = signed[at] === 'A' ? 'B' : 'A';
    const foreign = new LinkSigner('another secret of at least 32 chars').sign(
      { kind: 'candidates', format: 'CSV', searchId: randomUUID(), cellId: null },
      null,
    );
    for (const text of [
      `${signed.slice(0, at)}${other}${signed.slice(at + 1)}`,
      signed.slice(0, -1),
      signed.slice(0, signed.indexOf('.')),
      foreign.signed,
      'x',
    ]) {
      const answer = await download(`${root}${text}`);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({
        errors: [
          {
            message: 'This needs a link as the API gave it: signed, whole and unaltered.',
            extensions: { code: 'FORBIDDEN', requestId: answer.headers.get('X-Request-Id') },
          },
        ],
      });
    }
  });

  it('is refused when it has expired', async () => {
    const { table } = await api.ask(exportCandidates, { cell, format: 'CSV' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(table.expiresAt) });
    const answer = await download(table.url);
    expect(answer.status).toBe(410);
    const { errors }: Data = await answer.json();
    expect(errors[0].extensions.code).toBe('NOT_FOUND');
  });

  it('is made only for who may see what it leads to', async () => {
    const { db } = api.platform;
    const stranger = await db.prisma.user.create({
      data: { name: 'Stranger', email: `${randomUUID()}@example.org` },
    });
    const { secret } = await createToken(db, {
      userId: stranger.id,
      teamId: null,
      name: 'test',
      scopes: ['READ'],
      expiresAt: new Date(Date.now() + 60_000),
    });
    for (const caller of [api.as(null), api.as(secret)]) {
      for (const [query, variables, path] of [
        [exportCandidates, { cell }, ['cell']],
        [exportCandidates, { search }, ['search']],
        [exportCurves, { search }, ['search']],
      ] as const) {
        const { extensions } = await caller.fail(query, { ...variables, format: 'CSV' });
        expect(extensions).toMatchObject({ code: 'NOT_FOUND', path });
      }
    }
  });

  it.each([
    [exportCandidates, {}, 'BAD_INPUT', ['cell']],
    [exportCandidates, { cell: 'x', search: 'x' }, 'BAD_INPUT', ['search']],
    [exportCandidates, { cell: 'x' }, 'BAD_INPUT', ['cell']],
    [exportCandidates, { search: encodeGlobalId('Search', randomUUID()) }, 'NOT_FOUND', ['search']],
    [exportCurves, { jobs: ['x'] }, 'BAD_INPUT', ['jobs', 0]],
    [exportCurves, { jobs: [] }, 'BAD_INPUT', ['jobs']],
    [exportCurves, { jobs: Array.from({ length: 501 }, () => 'x') }, 'BAD_INPUT', ['jobs']],
  ])('is not made for %#', async (query, variables, code, path) => {
    const { extensions } = await api.fail(query, { ...variables, format: 'CSV' });
    expect(extensions).toMatchObject({ code, path });
  });
});

describe('a reader', () => {
  it('who goes away leaves the server alone', async () => {
    const { table } = await api.ask(exportCandidates, { search, format: 'CSV' });
    const stop = new AbortController();
    const answer = await download(table.url, { signal: stop.signal });
    const reader = answer.body?.getReader();
    await reader?.read();
    stop.abort();
    await expect(reader?.read()).rejects.toThrow();
    // The server lives and answers the next one.
    expect((await rowsOf(exportCandidates, { search, format: 'CSV' })).length).toBeGreaterThan(0);
  });
});
