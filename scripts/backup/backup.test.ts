import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../../apps/trainer/src/log.ts';
import {
  finished,
  openPlatform,
  stepsOf,
  submit,
  type TestPlatform,
  until,
} from '../../apps/trainer/src/testing/platform.ts';
import { tinyDistil, tinySpec } from '../../apps/trainer/src/testing/tiny-search.ts';
import { startTrainer } from '../../apps/trainer/src/trainer.ts';
import { type ArtifactStore, openFolderStore } from '../../packages/artifacts/src/index.ts';
import {
  jobsOf,
  networksOf,
  openDatabase,
  ratingsOf,
  runsOf,
} from '../../packages/db/src/index.ts';
import { createEmptyDatabase, type TestDatabase } from '../../packages/db/src/testing/index.ts';
import { backUp, restore } from './back-up.ts';

const spec = tinySpec({ distil: { ...tinyDistil, epochs: 60, checkpointEverySteps: 30 } });

let folder: string;
let platform: TestPlatform;
let searchId: string;
let backup: string;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-backup-'));
  platform = await openPlatform();
  const trainer = await startTrainer(platform.env, openLog('silent'));
  searchId = await submit(platform, spec);
  // In the middle of a distillation, with others before and behind it.
  await until(async () => {
    const jobs = (await jobsOf(platform.db, searchId)).filter(({ kind }) => kind === 'distil');
    const hasBoth = jobs.some(({ state }) => state === 'COMPLETE');
    return hasBoth && jobs.some(({ state, checkpoint }) => state === 'RUNNING' && checkpoint);
  });
  const made = await backUp(await placeOf(platform), path.join(folder, 'backups'));
  backup = made.folder;
  expect(made.gone.length).toBeLessThan(3);
  await finished(platform, searchId);
  await trainer.stop();
}, 240_000);
afterAll(async () => {
  await platform.close();
  for (const database of databases) await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function placeOf({ env }: TestPlatform) {
  const artifacts = await openFolderStore(path.join(env.cacheFolder, '../artifacts'));
  return { databaseUrl: env.databaseUrl, artifacts };
}

/** A server with nothing on it. */
async function emptyPlace(
  name: string,
): Promise<{ databaseUrl: string; artifacts: ArtifactStore }> {
  const database = await createEmptyDatabase();
  databases.push(database);
  const artifacts = await openFolderStore(path.join(folder, name, 'artifacts'));
  return { databaseUrl: database.url, artifacts };
}

describe('a backup of a platform at work', () => {
  it('goes on on an empty server, and finds what the first one found', async () => {
    const place = await emptyPlace('other');
    const report = await restore(place, backup);
    expect(report.jobs).toBeGreaterThan(0);
    const db = await openDatabase({ url: place.databaseUrl, applicationName: 'restored' });
    const open = (await jobsOf(db, searchId)).filter(({ finishedAt }) => finishedAt === null);
    expect(open.map(({ state, retries }) => [state, retries])).toEqual(
      open.map(() => ['QUEUED', 0]),
    );
    const half = open.find(({ checkpoint }) => checkpoint !== null);
    const stateFolder = path.join(folder, 'other');
    const trainer = await startTrainer(
      {
        ...platform.env,
        databaseUrl: place.databaseUrl,
        artifactPlace: { kind: 'folder', folder: path.join(stateFolder, 'artifacts') },
        cacheFolder: path.join(stateFolder, 'cache'),
      },
      openLog('silent'),
    );
    const restored = { ...platform, db };
    expect(await finished(restored, searchId)).toMatchObject({ state: 'COMPLETE' });
    const ratings = async (of: typeof db) =>
      (await ratingsOf(of, searchId)).map(({ losses }) => losses);
    expect(await ratings(db)).toEqual(await ratings(platform.db));
    const found = async (of: typeof db) =>
      (await networksOf(of, searchId)).map(({ architecture, sha256 }) => [architecture, sha256]);
    expect(await found(db)).toEqual(await found(platform.db));
    expect(await stepsOf(restored, searchId, 'distil', 'loss')).toEqual(
      await stepsOf(platform, searchId, 'distil', 'loss'),
    );
    const runs = (await runsOf(db, searchId)).filter(({ jobId }) => jobId === half?.id);
    expect(runs.at(-1)).toMatchObject({
      state: 'COMPLETE',
      resumedFromStep: half?.checkpoint?.step,
    });
    await trainer.stop();
    await db.close();
  }, 240_000);

  it('has all rows of every table', async () => {
    const place = await emptyPlace('rows');
    await restore(place, backup);
    const db = await openDatabase({ url: place.databaseUrl, applicationName: 'rows' });
    const { rows } = await db.pool.query<{ users: number; teams: number; spec: unknown }>(
      `SELECT (SELECT count(*)::int FROM team) AS teams, (SELECT count(*)::int FROM "user") AS users,
         (SELECT spec FROM search) AS spec`,
    );
    expect(rows).toEqual([{ teams: 1, users: 0, spec: JSON.parse(JSON.stringify(spec)) }]);
    await db.close();
  });

  it('is not restored over something', async () => {
    await expect(restore(await placeOf(platform), backup)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('is made once more without copying what is there', async () => {
    let copied = 0;
    const place = await placeOf(platform);
    const read: ArtifactStore['read'] = (sha256) => {
      copied += 1;
      return place.artifacts.read(sha256);
    };
    const first = await backUp(
      { ...place, artifacts: { ...place.artifacts, read } },
      path.join(folder, 'backups'),
    );
    expect(first.artifacts).toBeGreaterThan(copied);
    expect(copied).toBeGreaterThan(0);
    copied = 0;
    await backUp(
      { ...place, artifacts: { ...place.artifacts, read } },
      path.join(folder, 'backups'),
    );
    expect(copied).toBe(0);
  });

  it('that was altered, or is none, brings nothing', async () => {
    const place = await emptyPlace('altered');
    await expect(restore(place, folder)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await appendFile(path.join(backup, 'job.copy.gz'), 'x');
    await expect(restore(place, backup)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'The table job of the backup was altered.',
    });
    // The database is as empty as before.
    const db = await openDatabase({ url: place.databaseUrl, applicationName: 'altered' });
    const { rowCount } = await db.pool.query("SELECT FROM pg_tables WHERE schemaname = 'public'");
    expect(rowCount).toBe(0);
    await db.close();
    expect((await readdir(path.join(folder, 'backups'))).some((name) => /part$/.test(name))).toBe(
      false,
    );
  });
});
