import type { ArtifactPlace } from '@blockwise/artifacts';
import { jobsOf, listTrainers, readEvents, runsOf } from '@blockwise/db';
import { afterEach, expect, test, vi } from 'vitest';
import { fromFailure, toFailure } from './compute/failure.ts';
import { FullDisk, isDiskFull } from './full-disk.ts';
import { openLog } from './log.ts';
import { finished, openPlatform, submit, type TestPlatform } from './testing/platform.ts';
import { tinySpec } from './testing/tiny-search.ts';
import { startTrainer, type Trainer } from './trainer.ts';

/** How many of the next files there is no room for. */
const disk = vi.hoisted(() => ({ refuses: 0 }));
vi.mock('@blockwise/artifacts', async (load) => {
  const artifacts = await load<typeof import('@blockwise/artifacts')>();
  return {
    ...artifacts,
    async openArtifactStore(place: ArtifactPlace) {
      const store = await artifacts.openArtifactStore(place);
      const put: typeof store.put = async (bytes) => {
        if (disk.refuses-- > 0) throw full();
        return store.put(bytes);
      };
      return { ...store, put };
    },
  };
});

const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

let platform: TestPlatform | null = null;
let trainer: Trainer | null = null;
afterEach(async () => {
  await trainer?.stop();
  await platform?.close();
});

test.each([
  ['an error of the file system', full()],
  ['one that was wrapped', new Error('no features', { cause: full() })],
  ['one of a compute thread', fromFailure(toFailure(full()))],
])('%s says that the disk is full', (_, error) => {
  expect(isDiskFull(error)).toBe(true);
});

test('no other fault does', () => {
  expect(isDiskFull(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }))).toBe(false);
  expect(isDiskFull('ENOSPC')).toBe(false);
});

test('a trainer that ran out of room has room again when enough is free on every disk', async () => {
  const free = { artifacts: 5, cache: 50 };
  const guard = new FullDisk({
    folders: ['artifacts', 'cache'],
    roomBytes: 20,
    spaceOf: async (folder) => ({
      freeBytes: free[folder as keyof typeof free],
      sizeBytes: 1000,
    }),
    log: openLog('silent'),
  });
  // Nobody looks as long as every file finds its place.
  expect(await guard.hasRoom()).toBe(true);
  guard.ranOut();
  expect([await guard.hasRoom(), guard.isFull]).toEqual([false, true]);
  free.artifacts = 20;
  expect([await guard.hasRoom(), guard.isFull]).toEqual([true, false]);
});

test('of a small disk a tenth is enough', async () => {
  let freeBytes = 9;
  const guard = new FullDisk({
    folders: ['artifacts'],
    roomBytes: 1000,
    spaceOf: async () => ({ freeBytes, sizeBytes: 100 }),
    log: openLog('silent'),
  });
  guard.ranOut();
  expect(await guard.hasRoom()).toBe(false);
  freeBytes = 10;
  expect(await guard.hasRoom()).toBe(true);
});

test('a job that finds the disk full is handed back and uses up no retry', async () => {
  platform = await openPlatform();
  disk.refuses = 1;
  trainer = await startTrainer(platform.env, openLog('silent'));
  const { db } = platform;
  const id = await submit(platform, tinySpec());
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  const jobs = await jobsOf(db, id);
  expect(jobs.filter(({ retries }) => retries > 0)).toEqual([]);
  const teacher = jobs.find(({ kind }) => kind === 'teacher');
  const runs = (await runsOf(db, id)).filter(({ jobId }) => jobId === teacher?.id);
  expect(runs.map(({ state, failure }) => [state, failure])).toEqual([
    ['CANCELLED', null],
    ['COMPLETE', null],
  ]);
  const said = (await readEvents(db, id, 0, 1000)).flatMap(({ event }) =>
    event.kind === 'MESSAGE' ? [event.text] : [],
  );
  expect(said).toEqual([
    'A trainer ran out of disk; the job is handed back and that trainer takes none.',
  ]);
  const { edges } = await listTrainers(db, { first: 10 });
  expect(edges.map(({ node }) => node.isDiskFull)).toEqual([false]);
});
