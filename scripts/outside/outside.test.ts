import { get } from 'node:http';
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
import { faultsOf, readExposition, sumOf } from './exposition.ts';
import { metricsIn, readExpressions } from './expressions.ts';
import { type Outside, type OutsideProcess, openOutside } from './processes.ts';
import { type ReceivedSpan, startTraceReceiver } from './trace-receiver.ts';

let outside: Outside;
let db: Database;
let api: OutsideProcess;
let trainer: OutsideProcess;
let receiver: Awaited<ReturnType<typeof startTraceReceiver>>;
let url: string;
/** Where the trainer serves what tells of it. */
let trainerUrl: string;
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
  receiver = await startTraceReceiver();
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  api = await outside.start('api', traced);
  trainer = await outside.start('trainer', { ...traced, METRICS_PORT: '0' });
  url = String(api.records.find(({ msg }) => msg === 'listening')?.url);
  const probes = trainer.records.find(({ msg }) => msg === 'metrics are served')?.port;
  trainerUrl = `http://127.0.0.1:${probes}`;
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
  receiver?.close();
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

async function scrape(from: string) {
  const response = await fetch(new URL('/metrics', from));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return readExposition(await response.text());
}

test('the metrics of both processes are as Prometheus wants them', async () => {
  const [ofApi, ofTrainer] = [await scrape(url), await scrape(trainerUrl)];
  expect([...faultsOf(ofApi), ...faultsOf(ofTrainer)]).toEqual([]);
  expect(ofApi.size).toBeGreaterThan(40);
  expect(ofTrainer.size).toBeGreaterThan(40);
});

test('dashboard and alert rules use only metrics that there are, and all of the platform', async () => {
  const families = new Map([...(await scrape(url)), ...(await scrape(trainerUrl))]);
  const names = new Set(
    [...families.values()].flatMap(({ name, type }) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
    ),
  );
  const used = (await readExpressions()).flatMap((one) =>
    metricsIn(one).map((name) => ({ where: one.where, name })),
  );
  expect(used.filter(({ name }) => !names.has(name))).toEqual([]);
  const text = JSON.stringify(used);
  const unused = [...families.keys()].filter(
    (name) => name.startsWith('blockwise_') && !text.includes(name),
  );
  // What another one tells better on a picture.
  expect(unused.sort()).toEqual([
    ...['blockwise_artifacts', 'blockwise_database_pool_limit_connections'],
    'blockwise_trainers_lost_total',
  ]);
});

test('metrics count what has happened', async () => {
  const [ofApi, ofTrainer] = [await scrape(url), await scrape(trainerUrl)];
  const jobs = await db.prisma.job.groupBy({ by: ['kind'], _count: true });
  for (const { kind, _count } of jobs) {
    const labels = { kind, state: 'COMPLETE' };
    expect(sumOf(ofTrainer, 'blockwise_jobs_ended_total', labels)).toBe(_count);
    expect(sumOf(ofTrainer, 'blockwise_attempt_seconds_count', labels)).toBe(_count);
  }
  const curves = await db.prisma.curveChunk.findMany({ select: { steps: true } });
  const points = curves.reduce((sum, { steps }) => sum + steps.length, 0);
  expect(sumOf(ofTrainer, 'blockwise_curve_points_total')).toBe(points);
  // Four cells of two epochs of three steps of 16 images.
  expect(sumOf(ofTrainer, 'blockwise_trainer_steps_total', { kind: 'distil' })).toBe(4 * 6);
  expect(sumOf(ofTrainer, 'blockwise_trainer_images_total', { kind: 'distil' })).toBe(4 * 6 * 16);
  expect(sumOf(ofTrainer, 'blockwise_checkpoint_bytes_total', { kind: 'distil' })).toBeGreaterThan(
    0,
  );
  expect(sumOf(ofTrainer, 'blockwise_trainer_slots_busy')).toBe(0);
  expect(sumOf(ofApi, 'blockwise_trainers', { engine: 'wasm', state: 'idle' })).toBe(1);
  expect(sumOf(ofApi, 'blockwise_slots', { engine: 'wasm' })).toBe(1);
  const mutations = { kind: 'mutation', outcome: 'OK' };
  expect(sumOf(ofApi, 'blockwise_api_operations_total', mutations)).toBeGreaterThanOrEqual(2);
  expect(sumOf(ofApi, 'blockwise_database_up')).toBe(1);
  const stored = await db.prisma.artifact.aggregate({ _sum: { bytes: true } });
  expect(sumOf(ofApi, 'blockwise_artifact_size_bytes')).toBe(Number(stored._sum.bytes));
  expect(sumOf(ofApi, 'blockwise_artifact_disk_free_bytes')).toBeGreaterThan(0);
});

test('metrics are for this machine alone, or for whoever has the token', async () => {
  const scrapeAs = (from: string, headers: Record<string, string>) =>
    fetch(new URL('/metrics', from), { headers }).then(({ status }) => status);
  for (const from of [url, trainerUrl]) {
    expect(await scrapeAs(from, { 'x-forwarded-for': '192.0.2.1' })).toBe(403);
    expect(await statusOf(from, { host: 'rebound.example' })).toBe(403);
  }
  const token = 'a token for metrics alone';
  const guarded = await outside.start('trainer', { METRICS_PORT: '0', METRICS_TOKEN: token });
  const port = guarded.records.find(({ msg }) => msg === 'metrics are served')?.port;
  const from = `http://127.0.0.1:${port}`;
  expect(await scrapeAs(from, {})).toBe(401);
  expect(await scrapeAs(from, { authorization: 'Bearer another token of 24' })).toBe(401);
  expect(await scrapeAs(from, { authorization: `Bearer ${token}` })).toBe(200);
  const probe = (path: string) => fetch(new URL(path, from)).then((answer) => answer.json());
  expect(await probe('/healthz')).toEqual({ status: 'ok' });
  expect(await probe('/readyz')).toEqual({ status: 'ready' });
  await guarded.stop();
  const near = await fetch(new URL('/healthz', trainerUrl)).then((answer) => answer.json());
  expect(near).toEqual({
    ...{ status: 'ok', eventLoopDelaySeconds: expect.any(Number), lastStepAgeSeconds: null },
  });
});

test('one trace leads from the mutation to jobs, attempts, phases and steps', async () => {
  // At the end they send what they still have.
  await api.stop();
  await trainer.stop();
  const { spans } = receiver;
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const wayTo = (span: ReceivedSpan): string[] => {
    const parent = byId.get(span.parentSpanId);
    return [...(parent === undefined ? [] : wayTo(parent)), span.name];
  };
  const [mutation, ...others] = spans.filter(({ name }) => name === 'mutation startSearch');
  expect(others).toEqual([]);
  expect(mutation).toMatchObject({ service: 'blockwise-api', attributes: { requestId } });
  const inTrace = spans.filter(({ traceId }) => traceId === mutation?.traceId);
  const jobs = await db.prisma.job.findMany({ select: { id: true, kind: true } });
  for (const { id: jobId, kind } of jobs) {
    const of = (name: string) =>
      inTrace.filter((span) => span.name === name && span.attributes.jobId === jobId);
    const [[job], [attempt]] = [of(`job ${kind}`), of(`attempt ${kind}`)];
    expect(attempt).toMatchObject({
      ...{ service: 'blockwise-trainer', parentSpanId: job?.spanId },
      attributes: { searchId, jobId, attempt: 1 },
    });
  }
  const distil = inTrace.find(
    ({ name, parentSpanId }) =>
      name === 'steps' && wayTo(byId.get(parentSpanId) as ReceivedSpan).at(-1) === 'distil',
  );
  expect(distil?.attributes).toEqual({ from: 0, to: 6 });
  const way = wayTo(distil as ReceivedSpan);
  expect(way.slice(0, 3)).toEqual(['mutation startSearch', 'job teacher', 'attempt teacher']);
  expect(way.slice(-4)).toEqual(['job distil', 'attempt distil', 'distil', 'steps']);
  const checkpoint = inTrace.find(({ name }) => name === 'checkpoint');
  expect(checkpoint?.attributes).toMatchObject({ step: expect.anything() });
  // And logs lead there.
  expect(trainer.records.find(({ jobId }) => jobId)?.traceId).toBe(mutation?.traceId);
});

/** `fetch` sends the host of the address, whatever it is told. */
function statusOf(from: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(new URL('/metrics', from), { headers }, ({ statusCode }) => resolve(statusCode)).on(
      'error',
      reject,
    );
  });
}
