import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createTestDatabase } from '../../packages/db/src/testing/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that a process says, as it looks from outside. */
export interface OutsideProcess {
  /** What it logged, read back from its JSON. */
  readonly records: readonly Record<string, unknown>[];
  /** Lines that are no JSON. */
  readonly plain: readonly string[];
  /** Every line as it came. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** A database and a state folder, and real processes on them. */
export interface Outside {
  readonly databaseUrl: string;
  readonly stateFolder: string;
  readonly secret: string;
  /** Starts `apps/<app>/src/main.ts`; resolves when it has said that it is ready. */
  start(app: 'api' | 'trainer', env?: Record<string, string>): Promise<OutsideProcess>;
  close(): Promise<void>;
}

const readyWords = { api: 'listening', trainer: 'trainer is ready' };

export async function openOutside(): Promise<Outside> {
  const database = await createTestDatabase();
  const stateFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-outside-'));
  const secret = 'an API secret that no log may show';
  const started: OutsideProcess[] = [];
  return {
    databaseUrl: database.url,
    stateFolder,
    secret,
    async start(app, env = {}) {
      const each = await startOne(app, {
        DATABASE_URL: database.url,
        STATE_FOLDER: stateFolder,
        LOG_LEVEL: 'debug',
        ...(app === 'api'
          ? { PORT: '0', API_SECRET: secret }
          : { SLOTS: '1', ENGINE: 'wasm', IMAGE_THREADS: '1' }),
        ...env,
      });
      started.push(each);
      return each;
    },
    async close() {
      for (const each of started) await each.stop();
      await database.drop();
      await rm(stateFolder, { recursive: true });
    },
  };
}

async function startOne(
  app: 'api' | 'trainer',
  env: Record<string, string>,
): Promise<OutsideProcess> {
  const main = path.join(root, 'apps', app, 'src/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...env },
  });
  const ended = once(child, 'close');
  const records: Record<string, unknown>[] = [];
  const plain: string[] = [];
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (!line.startsWith('{')) {
          plain.push(line);
          return;
        }
        const record: Record<string, unknown> = JSON.parse(line);
        records.push(record);
        if (record.msg === readyWords[app]) resolve();
      });
    }
  });
  await Promise.race([
    ready,
    ended.then(([status]) => {
      throw new Error(`the ${app} ended with ${status}:\n${lines.join('\n')}`);
    }),
  ]);
  return {
    records,
    plain,
    lines,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
