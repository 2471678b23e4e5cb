import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { openTestPlatform, type TestPlatform } from '@blockwise/db/testing';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openBalancer } from './testing/balancer.ts';
import { callerOf, type Data, ownerToken, testOrigin } from './testing/test-api.ts';
import { startSearch } from './testing/test-search.ts';

/* Two real processes on one database, behind a balancer that gives them connections by turns. */
let platform: TestPlatform;
let balancer: Awaited<ReturnType<typeof openBalancer>>;
let folder: string;
let token: string;
interface Process {
  readonly child: ChildProcess;
  port: number;
  /** With which the owner signs in, of the process that made the owner. */
  link: string | null;
}
const processes: Process[] = [];

beforeAll(async () => {
  platform = await openTestPlatform();
  balancer = await openBalancer();
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-several-'));
  for (let i = 0; i < 2; i += 1) processes.push(await start());
  token = await ownerToken(platform);
  balancer.serve(processes.map(({ port }) => port));
});
afterAll(async () => {
  for (const { child } of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await balancer.close();
  await platform.close();
  await rm(folder, { recursive: true });
});

async function start(): Promise<Process> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: platform.url,
      STATE_FOLDER: folder,
      PORT: '0',
      PUBLIC_URL: balancer.url,
      WEB_ORIGIN: testOrigin,
      API_SECRET: 'a secret that all processes share',
    },
  });
  const started: Process = { child, port: 0, link: null };
  createInterface(child.stderr).on('line', (line) => {
    if (line.startsWith('http')) started.link = line;
  });
  for await (const line of createInterface(child.stdout)) {
    const said = JSON.parse(line) as { msg: string; port?: number };
    if (said.msg !== 'listening') continue;
    started.port = said.port ?? 0;
    return started;
  }
  throw new Error('the process ended');
}

/** The line comes after the one that says that the process listens. */
async function linkOf(process: Process | undefined): Promise<string> {
  while (process?.link === null) await setTimeout(20);
  return process?.link ?? '';
}

const at = (place: number) => `http://127.0.0.1:${processes[place]?.port}`;
const graphql = (origin: string) => new URL('/graphql', origin).href;

test('who signs in at one process is known to the other', async () => {
  const link = new URL(await linkOf(processes[0]));
  // Made by the first, opened at the second.
  const opened = await fetch(new URL(`${link.pathname}${link.search}`, at(1)), {
    redirect: 'manual',
  });
  const cookie = opened.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const who = async (origin: string) => {
    const response = await fetch(graphql(origin), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        connection: 'close',
        ...{ cookie, origin: testOrigin },
      },
      body: JSON.stringify({ query: '{ viewer { user { isOperator } } }' }),
    });
    return ((await response.json()) as Data).data.viewer.user;
  };
  for (const origin of [at(0), at(1), ...Array(4).fill(balancer.url)]) {
    expect(await who(origin)).toEqual({ isOperator: true });
  }
  expect(balancer.counts).toEqual([2, 2]);
});

const events = `($search: ID!, $after: String) { searchEvents(search: $search, after: $after`;
const listen = `subscription ${events}) { cursor events { cursor kind state } } }`;
const poll = `query ${events}, first: 500) { events { cursor kind state } } }`;

function connect(origin: string): Client {
  return createClient({
    url: graphql(origin).replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

test('whoever listens at a process that dies goes on at another, and misses nothing', async () => {
  const [doomed, survivor] = processes;
  const second = callerOf(graphql(at(1)), token);
  const search = await startSearch(second);
  const steer = (deed: string) =>
    second.ask(`mutation ($id: ID!) { ${deed}(input: { search: $id }) { state } }`, { id: search });
  const heard: Data[] = [];
  let cursor: string | null = null;

  const follow = async (client: Client, isEnough: () => boolean) => {
    for await (const { data } of client.iterate<Data>({
      query: listen,
      variables: { search, after: cursor },
    })) {
      heard.push(...data.searchEvents.events);
      cursor = data.searchEvents.cursor;
      if (isEnough()) return;
    }
  };
  const hears = (state: string) => () => heard.at(-1)?.state === state;

  const first = connect(at(0));
  const listening = follow(first, hears('PAUSED'));
  await steer('pauseSearch');
  await listening;
  // It goes on listening there until the process is killed.
  const cut = follow(first, () => false).catch((error: unknown) => error);
  doomed?.child.kill('SIGKILL');
  await cut;
  balancer.leaveOut(doomed?.port ?? 0);
  await steer('resumeSearch');
  await steer('cancelSearch');
  const again = connect(balancer.url);
  await follow(again, hears('CANCELLED'));
  await again.dispose();
  const { searchEvents } = await second.ask(poll, { search, after: '0' });
  expect(heard).toEqual(searchEvents.events);
  expect(survivor?.child.exitCode).toBeNull();
});
