import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@blockwise/db/testing';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

const state = {
  STATE_FOLDER: mkdtempSync(path.join(tmpdir(), 'blockwise-api-')),
  API_SECRET: 'a secret of at least 32 characters',
};

interface Process {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly exit: Promise<number | null>;
}

function start(env: Record<string, string>): Process {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    texts.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.err += chunk;
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, out: () => texts.out, err: () => texts.err, exit };
}

/** The line that says where it listens. */
async function listening(api: Process): Promise<{ url: string; port: number }> {
  for (;;) {
    const line = api
      .out()
      .split('\n')
      .find((text) => text.includes('"listening"'));
    if (line !== undefined) return JSON.parse(line);
    if (api.child.exitCode !== null) throw new Error(`exited: ${api.err()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the process', () => {
  let database: TestDatabase;
  let isFirst = true;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'listens, and %s ends it with status 0',
    async (signal) => {
      const api = start({ ...state, DATABASE_URL: database.url, PORT: '0' });
      const { url } = await listening(api);
      expect((await fetch(new URL('/readyz', url))).status).toBe(200);
      const closed = new Promise<number>((resolve) => {
        const client = createClient({
          url: url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          lazy: false,
          retryAttempts: 0,
          onNonLazyError: () => {},
          on: {
            connected: () => api.child.kill(signal),
            closed: (event) => resolve((event as { code: number }).code),
          },
        });
        void client;
      });
      expect(await closed).toBe(1001);
      expect(await api.exit).toBe(0);
      // The link for the first owner is for a person, and in no log.
      expect(api.err()).toMatch(isFirst ? /^The owner was made\. [^\n]+:\nhttp\S+\n$/ : /^$/);
      expect(api.out()).not.toContain('magic-link');
      isFirst = false;
    },
  );

  it('exits with one line and status 1 when the port is taken', async () => {
    const first = start({ ...state, DATABASE_URL: database.url, PORT: '0' });
    const { port } = await listening(first);
    const second = start({ ...state, DATABASE_URL: database.url, PORT: String(port) });
    expect(await second.exit).toBe(1);
    expect(second.err()).toBe(`Port ${port} of 127.0.0.1 is taken by another process.\n`);
    first.child.kill();
    await first.exit;
  });

  it.each([
    [
      {},
      'The API cannot start. DATABASE_URL is not set; STATE_FOLDER is not set; API_SECRET is not set.\n',
    ],
    [
      { ...state, DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' },
      /^The database at 127\.0\.0\.1:1\/x cannot be used: [^\n]+\n$/,
    ],
  ] as const)('exits with one line and status 1 for %o', async (env, line) => {
    const api = start(env);
    expect(await api.exit).toBe(1);
    expect(api.err()).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  });
});
