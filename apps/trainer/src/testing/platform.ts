import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isFinalSearchState, type SearchSpec } from '@blockwise/contracts';
import {
  type Database,
  type JobRow,
  jobsOf,
  localTeamId,
  openDatabase,
  openQueue,
  type Queue,
  readCurves,
  readSearch,
  type SearchRow,
  startSearch,
} from '@blockwise/db';
import { createTestDatabase } from '@blockwise/db/testing';
import { pathCount, spaceOf, spaceSize } from '@blockwise/dna';
import type { TrainerEnv } from '../env.ts';

/** A database, a queue and a state folder of one test. */
export interface TestPlatform {
  readonly db: Database;
  readonly queue: Queue;
  /** Of a trainer on this platform. */
  readonly env: Extract<TrainerEnv, { api: undefined }>;
  readonly stateFolder: string;
  close(): Promise<void>;
}

/** The least that the queue allows. */
export const heartbeatSeconds = 10;

export async function openPlatform(): Promise<TestPlatform> {
  const database = await createTestDatabase();
  const stateFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-trainer-'));
  const db = await openDatabase({ url: database.url, applicationName: 'trainer test' });
  const queue = await openQueue(database.url, {
    heartbeatSeconds,
    supervise: false,
    onError: (error) => {
      throw error;
    },
  });
  return {
    db,
    queue,
    stateFolder,
    env: {
      databaseUrl: database.url,
      api: undefined,
      artifactPlace: { kind: 'folder', folder: path.join(stateFolder, 'artifacts') },
      cacheFolder: path.join(stateFolder, 'cache'),
      slots: 1,
      engine: 'wasm',
      engineOptions: {},
      imageThreads: 1,
      imageMemoryBytes: 2 ** 30,
      featureCacheBytes: 1e9,
      trainerName: 'test',
      heartbeatSeconds,
      expireSeconds: 3600,
      monitorSeconds: 1,
      retrySeconds: 0,
      pollSeconds: 1,
      probes: undefined,
      logLevel: 'silent',
    },
    async close() {
      await queue.close();
      await db.close();
      await database.drop();
      await rm(stateFolder, { recursive: true });
    },
  };
}

/** Stores a search and enqueues its first job. */
export async function submit({ db, queue }: TestPlatform, spec: SearchSpec): Promise<string> {
  const space = spaceOf(spec.space);
  const cells = space.blocks.flatMap((block, b) =>
    block.cells.map((cell, c) => ({
      block: b,
      index: c,
      ...cell,
      candidateCount: pathCount(space, b, c),
    })),
  );
  const input = {
    spec,
    spaceSize: spaceSize(space),
    cells,
    teamId: localTeamId,
    createdById: null,
  };
  return (await startSearch(db, queue, input)).id;
}

/** Resolves as soon as `probe` finds something. The test's own time limit ends the waiting. */
export async function until<T>(probe: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found) return found;
    await setTimeout(50);
  }
}

/** The search when nothing will change it any more. */
export function finished({ db }: TestPlatform, searchId: string): Promise<SearchRow> {
  return until(async () => {
    const search = await readSearch(db, searchId);
    return search && isFinalSearchState(search.state) && search;
  });
}

/** Steps of one curve of every job of a kind, by job. */
export async function stepsOf(
  { db }: TestPlatform,
  searchId: string,
  kind: JobRow['kind'],
  key: string,
): Promise<number[][]> {
  const jobs = (await jobsOf(db, searchId)).filter((job) => job.kind === kind);
  const curves = await readCurves(db, { jobIds: jobs.map(({ id }) => id), keys: [key] });
  return curves.map(({ steps }) => [...steps]);
}
