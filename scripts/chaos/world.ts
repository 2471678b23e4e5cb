import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '../../packages/client/src/index.ts';
import {
  createToken,
  type Database,
  ensureOwner,
  migrate,
  openDatabase,
} from '../../packages/db/src/index.ts';
import { freePort, type PostgresServer, startPostgres } from '../../packages/postgres/src/index.ts';
import { Link } from './link.ts';
import { Part } from './part.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** One of several trainers, with its own stretch of network to the database and its own clock. */
export interface TrainerPart {
  readonly part: Part;
  readonly link: Link;
  /** How far its clock is off from now on, milliseconds. */
  setClock(milliseconds: number): Promise<void>;
}

/** A whole platform whose parts can be hurt one by one. Nothing here goes through them. */
export interface World {
  readonly folder: string;
  readonly artifactFolder: string;
  readonly trainers: readonly TrainerPart[];
  readonly api: { readonly part: Part; readonly link: Link };
  /** Null where the pages are not built. */
  readonly web: { readonly part: Part; readonly url: string } | null;
  /** Between the watcher's client and the api. */
  readonly watcherLink: Link;
  /** Null where no small disk can be mounted. */
  readonly disk: SmallDisk | null;
  readonly client: Client;
  /** The queue's way of saying that a trainer is silent too long, in seconds. */
  readonly heartbeatSeconds: number;
  /** On connections that nothing happens to but the end of their server. */
  readonly db: Database;
  /** Kills the server as a power cut does, and starts it again after a while. */
  killPostgres(pauseMilliseconds: number): Promise<void>;
  /** Ends everything; its files stay for somebody who wants to know what happened. */
  close(options: { keepFolder: boolean }): Promise<void>;
}

/** The least that the queue allows. */
const heartbeatSeconds = 10;
const trainerCount = 2;
const startSeconds = 120;

/** @param root of the repository */
export async function openWorld(root: string): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-chaos-'));
  // PostgreSQL has a user of its own where we are root.
  await chmod(folder, 0o755);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    return await assemble(root, folder, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  root: string,
  folder: string,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<World> {
  const state = path.join(folder, 'state');
  const logs = path.join(folder, 'logs');
  const artifactFolder = path.join(state, 'artifacts');
  await mkdir(artifactFolder, { recursive: true });
  await mkdir(logs);
  const disk = await mountSmallDisk(artifactFolder);
  closers.push(async () => disk?.remove());

  const start = () =>
    startPostgres({
      folder: path.join(folder, 'database'),
      logFile: path.join(logs, 'postgres.log'),
      // What it has said to be written has to be there after it was killed.
      durable: true,
      ownGroup: true,
    });
  let server: PostgresServer = await start();
  closers.push(() => server.stop());
  await migrate(server.url);
  const links: Link[] = [];
  const linkTo = async (port: number) => {
    const link = new Link(port);
    await link.open();
    closers.push(() => link.close());
    links.push(link);
    return link;
  };
  const through = (link: Link) => {
    const url = new URL(server.url);
    url.port = String(link.port);
    return url.href;
  };
  const postgresPort = () => Number(new URL(server.url).port);
  const ownLink = await linkTo(postgresPort());
  const db = await openDatabase({ url: through(ownLink), applicationName: 'chaos' });
  db.pool.on('error', () => {});
  closers.push(() => db.close());

  const shared = {
    STATE_FOLDER: state,
    NODE_ENV: 'production',
    HEARTBEAT_SECONDS: String(heartbeatSeconds),
    MONITOR_SECONDS: '1',
    RETRY_SECONDS: '1',
  };
  const startPart = (name: string, args: string[], env: Record<string, string>, cwd = root) => {
    const logFile = path.join(logs, `${name}.log`);
    const part = new Part({ name, args, cwd, env: { ...shared, ...env }, logFile });
    closers.push(() => part.close());
    return part;
  };

  const apiPort = await freePort();
  const apiLink = await linkTo(postgresPort());
  const api = {
    link: apiLink,
    part: startPart('api', [path.join(root, 'apps/api/src/main.ts')], {
      DATABASE_URL: through(apiLink),
      HOST: '127.0.0.1',
      PORT: String(apiPort),
      API_SECRET: randomBytes(32).toString('hex'),
    }),
  };
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  await untilAnswered(`${apiUrl}/readyz`);

  const web = await startWeb(root, `${apiUrl}/graphql`, startPart);

  const clockModule = pathToFileURL(path.join(import.meta.dirname, 'clock.mjs')).href;
  const trainers = await Promise.all(
    Array.from({ length: trainerCount }, async (_, i) => {
      const name = `trainer-${i + 1}`;
      const link = await linkTo(postgresPort());
      const clockFile = path.join(folder, `${name}.clock`);
      const setClock = (milliseconds: number) => writeFile(clockFile, String(milliseconds));
      await setClock(0);
      const main = path.join(root, 'apps/trainer/src/main.ts');
      const part = startPart(name, ['--import', clockModule, main], {
        DATABASE_URL: through(link),
        TRAINER_NAME: name,
        SLOTS: '1',
        IMAGE_THREADS: '1',
        CHAOS_CLOCK_FILE: clockFile,
      });
      return { part, link, setClock };
    }),
  );

  const { owner } = await ensureOwner(db);
  const { secret } = await createToken(db, {
    ...{ userId: owner.id, teamId: null, name: 'chaos', scopes: ['READ', 'WRITE', 'ADMIN'] },
    expiresAt: new Date(Date.now() + 7 * 24 * 3_600_000),
  });
  const watcherLink = await linkTo(apiPort);
  const client = createClient({
    url: `http://127.0.0.1:${watcherLink.port}/graphql`,
    token: secret,
  });
  closers.push(async () => client.close());

  return {
    ...{ folder, artifactFolder, trainers, api, web, watcherLink, disk, client, db },
    heartbeatSeconds,
    async killPostgres(pauseMilliseconds) {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
      await pause(pauseMilliseconds);
      server = await startAgain(start);
      for (const link of links) if (link !== watcherLink) link.lead(postgresPort());
    },
    async close({ keepFolder }) {
      await close();
      if (!keepFolder) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startWeb(
  root: string,
  graphqlUrl: string,
  startPart: (name: string, args: string[], env: Record<string, string>, cwd: string) => Part,
): Promise<World['web']> {
  const folder = path.join(root, 'apps/web');
  if (!existsSync(path.join(folder, '.next/BUILD_ID'))) return null;
  const port = String(await freePort());
  const next = path.join(folder, 'node_modules/next/dist/bin/next');
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', port];
  const env = { API_URL: graphqlUrl, NEXT_TELEMETRY_DISABLED: '1' };
  const url = `http://127.0.0.1:${port}`;
  const part = startPart('web', args, env, folder);
  await untilAnswered(url);
  return { part, url };
}

/** The processes of a killed server may need a moment to see that it is gone. */
async function startAgain(start: () => Promise<PostgresServer>): Promise<PostgresServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === 20) throw error;
      await pause(250);
    }
  }
}

/** Resolves when the address answers with a good status. */
export async function untilAnswered(url: string): Promise<void> {
  const end = performance.now() + startSeconds * 1000;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (performance.now() > end) throw new Error(`${url} does not answer.`);
    await pause(200);
  }
}
