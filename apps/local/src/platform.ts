import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@blockwise/postgres';
import { apiSecret, ownerToken } from './credentials.ts';
import type { PlatformDatabase } from './database.ts';
import { decodingThreads } from './decoding-threads.mjs';
import type { Guard } from './guard.ts';
import { untilHealthy } from './health.ts';
import { logTail } from './log-tail.ts';
import { isPortFree } from './port.mjs';
import { type RunningProcess, startProcess } from './processes.ts';
import type { StateFolder } from './state-folder.ts';
import { supervise } from './supervise.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const preferredApiPort = 4000;

export interface Platform {
  readonly webUrl: string;
  readonly graphqlUrl: string;
  /** Of the owner: for programs of whoever started the platform. */
  readonly token: string;
  /** Resolves to what to tell when a part that others need has ended by itself. */
  readonly broken: Promise<string>;
}

export interface PlatformOptions {
  readonly state: StateFolder;
  readonly database: PlatformDatabase;
  readonly guard: Guard;
  readonly webPort: number;
  /** Gets what happens to parts while they run, a line each. */
  readonly onNotice: (line: string) => void;
  /** Called for every part before it is waited for, so that an interrupted start can end it. */
  readonly onStarted: (part: { stop(): Promise<void> }) => void;
}

/**
 * Starts api, dashboard and trainer and resolves when they answer.
 *
 * @throws PartFailure when one of them does not start
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { state, database, guard, webPort } = options;
  const apiPort = (await isPortFree(preferredApiPort)) ? preferredApiPort : await freePort();
  const graphqlUrl = `http://127.0.0.1:${apiPort}/graphql`;
  const webUrl = `http://127.0.0.1:${webPort}`;
  const token = await ownerToken(state, database.url);
  const shared = {
    DATABASE_URL: database.url,
    STATE_FOLDER: state.path,
    NODE_ENV: 'production',
    // Work of a killed trainer is found again soon: everything runs on one machine.
    HEARTBEAT_SECONDS: '20',
    MONITOR_SECONDS: '10',
  };
  const start = (name: string, args: string[], env: Record<string, string>, cwd = root) =>
    startProcess({ name, args, cwd, env: { ...shared, ...env } }, state.logs, guard);

  const api = start('api', [path.join(root, 'apps/api/src/main.ts')], {
    HOST: '127.0.0.1',
    PORT: String(apiPort),
    WEB_ORIGIN: `${webUrl},http://localhost:${webPort}`,
    API_SECRET: await apiSecret(state),
    PERSISTED_DOCUMENTS: path.join(root, 'packages/client/src/generated/persisted-documents.json'),
  });
  options.onStarted(api);
  await untilHealthy(api, `http://127.0.0.1:${apiPort}/readyz`);

  const webFolder = path.join(root, 'apps/web');
  const next = path.join(webFolder, 'node_modules/next/dist/bin/next');
  const web = start(
    'web',
    [next, 'start', '--hostname', '127.0.0.1', '--port', String(webPort)],
    { API_URL: graphqlUrl, NEXT_TELEMETRY_DISABLED: '1' },
    webFolder,
  );
  options.onStarted(web);
  const trainer = supervise(
    () =>
      start('trainer', [path.join(root, 'apps/trainer/src/main.ts')], decodingThreads(process.env)),
    options.onNotice,
  );
  options.onStarted(trainer);
  await untilHealthy(web, webUrl);

  const broken = Promise.race([
    endOf(api),
    endOf(web),
    database.ended.then(
      async () => `PostgreSQL ended by itself. ${await logTail(database.logFile)}`,
    ),
    trainer.failed.then((line) => line ?? new Promise<string>(() => {})),
  ]);
  return {
    webUrl,
    graphqlUrl,
    token,
    broken,
  };
}

async function endOf(part: RunningProcess): Promise<string> {
  const { code, signal } = await part.exited;
  const how = signal === null ? `with status ${code}` : `by ${signal}`;
  return `The ${part.name} ended ${how} by itself. ${await logTail(part.logFile)}`;
}
