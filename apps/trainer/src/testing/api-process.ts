import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createToken, ensureOwner } from '@blockwise/db';
import { heartbeatSeconds, type TestPlatform } from './platform.ts';

/** A real API process on a platform's database. */
export interface ApiProcess {
  /** Of its GraphQL endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the API with the platform's state folder; resolves when it listens. */
export async function startApi(platform: TestPlatform): Promise<ApiProcess> {
  const main = path.join(import.meta.dirname, '../../../api/src/main.ts');
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: platform.env.databaseUrl,
      STATE_FOLDER: platform.stateFolder,
      PORT: '0',
      API_SECRET: 'a secret of the tests, long enough',
      HEARTBEAT_SECONDS: String(heartbeatSeconds),
      MONITOR_SECONDS: '1',
    },
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as { msg: string; url?: string };
      if (said.msg === 'listening' && said.url) resolve(said.url);
    });
    ended.then(() => reject(new Error('the API ended')));
  });
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The secret of a token that may TRAIN and nothing else, and its id. */
export async function trainerToken({ db }: TestPlatform): Promise<{ secret: string; id: string }> {
  const { owner } = await ensureOwner(db);
  const { secret, token } = await createToken(db, {
    userId: owner.id,
    teamId: null,
    name: 'trainer',
    scopes: ['TRAIN'],
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return { secret, id: token.id };
}
