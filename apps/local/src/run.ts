import path from 'node:path';
import {
  type Client,
  CreateSignInLinkDocument,
  createClient,
  StartSearchDocument,
  toSearchSpecInput,
} from '@blockwise/client';
import type { SearchSpec } from '@blockwise/contracts';
import { checkPort } from './checks.ts';
import { migrateDatabase, openPlatformDatabase } from './database.ts';
import type { StartFlags } from './flags.mjs';
import { followSearch } from './follow.ts';
import { startGuard } from './guard.ts';
import { type KeptSearch, keepSearch } from './kept-search.ts';
import { startPlatform } from './platform.ts';
import { PartFailure } from './refusal.ts';
import { takeStateFolder } from './state-folder.ts';
import { formatDuration } from './view/format.ts';
import { formatResult } from './view/result.ts';
import { createScreen } from './view/screen.ts';

/** What is running and has to be stopped, in the order in which it was started. */
export interface Running {
  add(stop: () => Promise<void>): void;
  /** Fires when everything is about to be stopped: nothing more is to be shown. */
  readonly stopping: AbortSignal;
}

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Starts the platform, runs the search and shows it.
 *
 * @returns exit status once the search has ended and `--exit` is given; never without it
 * @throws Refusal, PartFailure, ClientError
 */
export async function run(
  { flags, spec }: { flags: StartFlags; spec: SearchSpec },
  running: Running,
): Promise<number> {
  const begin = performance.now();
  const guard = startGuard();
  running.add(() => guard.close());
  const state = await takeStateFolder(flags.state ?? path.join(root, '.blockwise'), guard.pid);
  running.add(() => state.release());
  await checkPort(flags.port);

  const opening = openPlatformDatabase(state, guard, process.env.DATABASE_URL || undefined);
  // Also when we are stopped while it starts.
  running.add(async () => {
    const [outcome] = await Promise.allSettled([opening]);
    if (outcome.status === 'fulfilled') await outcome.value.stop();
  });
  const database = await opening;
  if (database.place !== undefined && database.place !== state.database) {
    console.log(
      `PostgreSQL's user may not enter ${state.path}; the database is kept in ${database.place}.`,
    );
  }
  await migrateDatabase(database.url);

  const screen = createScreen(process.stdout);
  const platform = await startPlatform({
    state,
    database,
    guard,
    webPort: flags.port,
    onNotice: (line) => screen.say(line),
    onStarted: (part) => running.add(() => part.stop()),
  });
  const seconds = formatDuration((performance.now() - begin) / 1000);
  console.log(`Blockwise is up after ${seconds}.`);
  console.log(`  Dashboard  ${platform.webUrl}`);
  console.log(`  GraphQL    ${platform.graphqlUrl}`);
  console.log(`  State      ${state.path} (logs in ${state.logs})`);

  const client = createClient({ url: platform.graphqlUrl, token: platform.token });
  running.add(() => client.close());
  const { createSignInLink } = await client.request(CreateSignInLinkDocument, { input: {} });
  console.log(`  Sign in    ${createSignInLink.url}`);
  console.log(
    '             (once, within 15 minutes; `npm run blockwise -- sign-in` makes another)',
  );
  const broken = platform.broken.then((line) => Promise.reject(new PartFailure(line)));
  const isComplete = await Promise.race([
    search(client, spec, await keepSearch(state, spec), screen, platform.webUrl, running.stopping),
    broken,
  ]);
  if (flags.exit) return isComplete ? 0 : 1;
  console.log('Everything stays up until Ctrl-C.');
  return await broken;
}

async function search(
  client: Client,
  spec: SearchSpec,
  kept: KeptSearch,
  screen: ReturnType<typeof createScreen>,
  webUrl: string,
  stopping: AbortSignal,
): Promise<boolean> {
  const { startSearch } = await client.request(StartSearchDocument, {
    input: { spec: toSearchSpecInput(spec), idempotencyKey: kept.idempotencyKey },
  });
  const pageUrl = `${webUrl}/searches/${encodeURIComponent(startSearch.id)}`;
  console.log(`  Search     ${pageUrl}${kept.isOld ? ' (goes on where it was)' : ''}\n`);
  const ended = await followSearch(client, startSearch.id, screen, stopping);
  await kept.forget();
  for (const line of formatResult(ended, pageUrl)) console.log(line);
  return ended.state === 'COMPLETE';
}
