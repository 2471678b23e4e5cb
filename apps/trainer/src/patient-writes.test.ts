import net from 'node:net';
import { type Attempt, beginAttempt, openDatabase, readJob, runsOf } from '@blockwise/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patientWrites } from './patient-writes.ts';
import { openPlatform, stepsOf, submit, type TestPlatform, until } from './testing/platform.ts';
import { tinySpec } from './testing/tiny-search.ts';

/** The way to the database, which can be cut. */
interface Line {
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

async function openLine(databaseUrl: string): Promise<Line> {
  const to = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(to.port), to.hostname);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => into.destroy());
      from.pipe(into);
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    mend: () => listen(port),
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        sockets.clear();
      }),
  };
}

let platform: TestPlatform;
let search: string;
let line: Line;
let close: () => Promise<void>;
let attempt: Attempt;
const waits: unknown[] = [];
const shutdown = new AbortController();

beforeEach(async () => {
  platform = await openPlatform();
  search = await submit(platform, tinySpec());
  line = await openLine(platform.env.databaseUrl);
  const db = await openDatabase({ url: line.url, applicationName: 'patient writes' });
  close = () => db.close();
  const delivery = await platform.queue.fetch('teacher');
  const trainer = { id: 'a', name: 'A', engine: 'wasm', device: 'd', onGpu: false, versions: {} };
  const begun = delivery && (await beginAttempt(db, platform.queue, delivery, { trainer }));
  if (!begun) throw new Error('there is no job');
  waits.length = 0;
  const onWait = (error: unknown) => waits.push(error);
  const patience = { forSeconds: 60, everySeconds: 0.05, onWait, shutdown: shutdown.signal };
  attempt = patientWrites(begun, patience);
});
afterEach(async () => {
  await close();
  await line.cut();
  await platform.close();
});

const loss = (steps: number[]) => [
  { key: 'loss', steps, values: steps.map(() => 0.5), wallTimes: steps.map(() => 1) },
];

test('writes wait while the database is away, and nothing is there twice or missing', async () => {
  await attempt.appendCurves(loss([1, 2]));
  await line.cut();
  const writing = attempt.appendCurves(loss([2, 3]));
  await until(async () => waits.length > 0);
  await line.mend();
  await writing;
  // It is told once, however long it lasts.
  expect(waits).toHaveLength(1);
  expect(await stepsOf(platform, search, 'teacher', 'loss')).toEqual([[1, 2, 3]]);
});

test('what is refused is not asked again', async () => {
  await attempt.abandon();
  await expect(attempt.message('INFO', 'late')).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(waits).toEqual([]);
});

test('an attempt that is handed back when the database is there again has used no retry', async () => {
  await line.cut();
  const handing = attempt.abandon();
  await until(async () => waits.length > 0);
  await line.mend();
  await handing;
  expect(await readJob(platform.db, attempt.job.id)).toMatchObject({ state: 'QUEUED', retries: 0 });
  expect(await runsOf(platform.db, search)).toMatchObject([{ state: 'CANCELLED' }]);
});

test('a trainer that shuts down does not wait', async () => {
  await line.cut();
  const writing = attempt.message('INFO', 'late').catch((error: unknown) => error);
  await until(async () => waits.length > 0);
  shutdown.abort();
  expect(await writing).toBeInstanceOf(Error);
  await line.mend();
});
