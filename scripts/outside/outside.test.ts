import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOf, ownerToken } from '../../apps/api/src/testing/test-api.ts';
import { tinySpec } from '../../apps/trainer/src/testing/tiny-search.ts';
import {
  createClient,
  StartSearchDocument,
  toSearchSpecInput,
} from '../../packages/client/src/index.ts';
import { type Database, openDatabase } from '../../packages/db/src/index.ts';
import { type Outside, type OutsideProcess, openOutside } from './processes.ts';

let outside: Outside;
let db: Database;
let api: OutsideProcess;
let trainer: OutsideProcess;
let url: string;
let token: string;
let searchId: string;
/** Of the request that started the search. */
let requestId: unknown;

const isOpen = (jobs: readonly { state: string }[]) =>
  jobs.some(({ state }) => state !== 'COMPLETE');

const search = () => db.prisma.search.findFirstOrThrow();

beforeAll(async () => {
  outside = await openOutside();
  db = await openDatabase({ url: outside.databaseUrl, applicationName: 'outside test' });
  token = await ownerToken({ db });
  api = await outside.start('api');
  trainer = await outside.start('trainer');
  url = String(api.records.find(({ msg }) => msg === 'listening')?.url);
  const client = createClient({ url, token });
  await client.request(StartSearchDocument, { input: { spec: toSearchSpecInput(tinySpec()) } });
  await client.close();
  searchId = (await search()).id;
  while (!['COMPLETE', 'FAILED'].includes((await search()).state)) await pause(100);
  expect(await search()).toMatchObject({ state: 'COMPLETE' });
  // Its leaderboard's entries are verified after that.
  while (isOpen(await db.prisma.job.findMany({ select: { state: true } }))) await pause(100);
  requestId = api.records.find(({ mutation }) => mutation === 'startSearch')?.requestId;
}, 180_000);
afterAll(async () => {
  await db?.close();
  await outside?.close();
});

test('every line about work says which search, job and attempt, and who asked for it', async () => {
  expect(requestId).toMatch(/^[0-9a-f]{32}$/);
  expect(api.records.find(({ mutation }) => mutation === 'startSearch')).toMatchObject({
    ...{ level: 'info', app: 'api', msg: 'mutation', searchId, requestId },
  });
  const jobs = await db.prisma.job.findMany({ select: { id: true, kind: true, requestId: true } });
  const about = (id: string) => trainer.records.filter((record) => record.jobId === id);
  expect(jobs.length).toBeGreaterThan(8);
  for (const job of jobs) {
    const { id: jobId, kind } = job;
    // Also those that followed from what a trainer completed.
    expect(job.requestId).toBe(requestId);
    await expect.poll(() => about(jobId)).toHaveLength(2);
    expect(about(jobId)).toMatchObject([
      { msg: 'attempt begins', app: 'trainer', searchId, kind, attempt: 1, requestId },
      { msg: 'attempt complete', searchId, kind, attempt: 1, requestId },
    ]);
  }
  expect(trainer.plain).toEqual([]);
  expect(api.plain).toEqual([]);
});

test('a request keeps the id that its sender gave it, unless no log could hold it', async () => {
  const idOf = async (sent: string) => {
    const headers = { 'content-type': 'application/json', 'x-request-id': sent };
    const body = JSON.stringify({ query: '{ node(id: "?") { id } }' });
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as { errors: { extensions: { requestId: string } }[] };
    expect(answer.errors[0]?.extensions.requestId).toBe(response.headers.get('x-request-id'));
    return response.headers.get('x-request-id');
  };
  expect(await idOf('build-17.retry_2')).toBe('build-17.retry_2');
  for (const odd of ['short', 'a"b"c"d"e"f', 'x'.repeat(65)]) {
    expect(await idOf(odd)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('no line shows what opens something', async () => {
  const caller = callerOf(url, token);
  // What it says of a download's path and of a failure's cause is logged, too.
  const { dataset } = await caller
    .ask('{ searches(first: 1) { nodes { dataset { samples { url } } } } }')
    .then(({ searches }) => searches.nodes[0]);
  const signed = new URL(dataset.samples.url, url);
  expect((await fetch(signed)).status).toBe(200);
  const download = new URL(`/downloads/${'x'.repeat(80)}.${'y'.repeat(43)}`, url);
  await fetch(download);
  const created = await caller.ask(
    'mutation { createToken(input: { name: "one", scopes: [READ], days: 1 }) { secret } }',
  );
  const secrets = [
    ...[token, created.createToken.secret, outside.secret],
    ...[new URL(outside.databaseUrl).password, signed.search.split('=').at(-1), 'x'.repeat(80)],
  ].filter((secret) => secret !== undefined && secret.length > 6);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const line of [...api.lines, ...trainer.lines]) {
    for (const secret of secrets) expect(line).not.toContain(secret);
  }
});
