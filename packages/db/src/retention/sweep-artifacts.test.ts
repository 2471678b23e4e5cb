import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testArtifact,
} from '../testing/index.ts';
import { sweepArtifacts } from './sweep-artifacts.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
  const complete = await startTestSearch(platform);
  await playUntil(platform, complete, 'end');
  // One for each way in which a search may stand.
  for (let i = 0; i < 5; i++) await startTestSearch(platform);
});
afterAll(() => platform.close());

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);
const options = { graceHours: 48 };

/** A store of names; `onRemove` may put something while it is removed. */
function memoryStore(files: Map<string, Date>) {
  return {
    async *list() {
      for (const [sha256, storedAt] of files) yield { sha256, bytes: 1, storedAt };
    },
    async remove(sha256: string, { notSince }: { notSince: Date }) {
      return (files.get(sha256) ?? notSince) < notSince && files.delete(sha256);
    },
  };
}

/** Whole numbers below a bound, the same ones for a seed. */
function drawer(seed: number): (below: number) => number {
  let drawn = 0;
  return (below) => {
    const digest = createHash('sha256').update(`${seed}/${drawn++}`).digest();
    return digest.readUInt32LE() % below;
  };
}

/** What the sweep has to leave of the files, by the rules in words: read row by row. */
async function expectedFiles(files: Map<string, Date>): Promise<string[]> {
  const { prisma } = platform.db;
  const before = ago(options.graceHours);
  const needed = new Set<string | null>();
  const jobs = await prisma.job.findMany({ include: { search: true } });
  for (const { state, search, finishedAt, ...job } of jobs) {
    const isOver = ['COMPLETE', 'CANCELLED'].includes(search.state);
    const isForgotten = search.state === 'FAILED' && (search.finishedAt ?? before) < ago(30 * 24);
    const goesOn =
      state === 'QUEUED' ||
      state === 'RUNNING' ||
      (state !== 'COMPLETE' && !isOver && !isForgotten);
    if (goesOn || (finishedAt ?? new Date()) >= before) {
      needed.add(job.checkpointSha256).add(job.earlierCheckpointSha256);
    }
  }
  const kept = [
    ...(await prisma.teacher.findMany()).map(({ sha256 }) => sha256),
    ...(await prisma.cell.findMany()).map(({ sha256 }) => sha256),
    ...(await prisma.network.findMany()).flatMap(({ sha256, cutSha256 }) => [sha256, cutSha256]),
    ...(await prisma.retraining.findMany()).map(({ sha256 }) => sha256),
    ...(await prisma.dataset.findMany()).map(({ samplesSha256 }) => samplesSha256),
    ...(await prisma.export.findMany()).map(({ weightsSha256 }) => weightsSha256),
    ...(await prisma.exportFile.findMany()).map(({ sha256 }) => sha256),
    ...(await prisma.featureMaps.findMany()).map(({ sha256 }) => sha256),
    ...(await prisma.entry.findMany()).flatMap(({ trainings }) =>
      (trainings as { sha256: string }[]).map(({ sha256 }) => sha256),
    ),
    ...(await prisma.artifact.findMany({ where: { storedAt: { gte: before } } })).map(
      ({ sha256 }) => sha256,
    ),
    ...(await prisma.upload.findMany({ where: { createdAt: { gte: before } } })).map(
      ({ sha256 }) => sha256,
    ),
  ];
  for (const sha256 of kept) needed.add(sha256);
  return [...files].flatMap(([sha256, at]) => (needed.has(sha256) || at >= before ? [sha256] : []));
}

/** Stores files of all ages, with rows or without, and lets rows of all kinds refer to some of them. */
async function draw(seed: number): Promise<Map<string, Date>> {
  const { prisma } = platform.db;
  const below = drawer(seed);
  const age = () => ago([1, 47, 49, 24 * 29, 24 * 31][below(5)] ?? 0);
  const files = new Map<string, Date>();
  const withRow: string[] = [];
  for (let i = 0; i < 60; i++) {
    const { sha256, bytes } = testArtifact(`${seed}/${i}`);
    files.set(sha256, age());
    const what = below(4);
    if (what === 0) continue;
    if (what === 1) {
      await prisma.upload.create({ data: { tokenId, sha256, bytes, createdAt: age() } });
      continue;
    }
    const row = { sha256, bytes, kind: 'any', createdAt: age(), storedAt: age() };
    await prisma.artifact.create({ data: row });
    withRow.push(sha256);
  }
  await guards('DISABLE');
  const some = () => withRow[below(withRow.length)] ?? null;
  const searches = await prisma.search.findMany({ orderBy: { id: 'asc' } });
  const states = ['RUNNING', 'PAUSED', 'FAILED', 'CANCELLED', 'COMPLETE'] as const;
  for (const { id } of searches) {
    const state = states[below(5)] ?? 'RUNNING';
    const finishedAt = state === 'RUNNING' || state === 'PAUSED' ? null : age();
    await prisma.search.update({ where: { id }, data: { state, finishedAt } });
  }
  for (const { id } of await prisma.job.findMany({ orderBy: { id: 'asc' } })) {
    const ended = ['COMPLETE', 'FAILED', 'CANCELLED'] as const;
    const state = ended[below(5)] ?? 'QUEUED';
    const isOpen = state === 'QUEUED';
    const none = { checkpointSha256: null, earlierCheckpointSha256: null };
    const two = { checkpointSha256: some(), earlierCheckpointSha256: some() };
    const checkpoints = below(3) === 0 ? none : two;
    await prisma.job.update({
      where: { id },
      data: { state, finishedAt: isOpen ? null : age(), ...checkpoints },
    });
  }
  for (const { id } of await prisma.cell.findMany()) {
    await prisma.cell.update({ where: { id }, data: { sha256: below(2) ? some() : null } });
  }
  for (const { id } of await prisma.network.findMany()) {
    const data = { sha256: below(2) ? some() : null, cutSha256: below(2) ? some() : null };
    await prisma.network.update({ where: { id }, data });
  }
  for (const { id } of await prisma.retraining.findMany()) {
    await prisma.retraining.update({ where: { id }, data: { sha256: below(2) ? some() : null } });
  }
  for (const { searchId } of await prisma.teacher.findMany()) {
    const sha256 = some();
    if (sha256) await prisma.teacher.update({ where: { searchId }, data: { sha256 } });
    await prisma.dataset.update({ where: { searchId }, data: { samplesSha256: some() } });
  }
  for (const { id } of await prisma.entry.findMany()) {
    // Weights of an entry need no row: it may have been imported.
    const sha256 = [...files.keys()][below(files.size)];
    await prisma.entry.update({ where: { id }, data: { trainings: [{ seed: 1, sha256 }] } });
  }
  await guards('ENABLE');
  return files;
}

/** Triggers keep finished rows as they are. */
async function guards(what: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const table of ['search', 'job', 'network', 'retraining', 'entry']) {
    await platform.db.prisma.$executeRawUnsafe(`ALTER TABLE ${table} ${what} TRIGGER USER`);
  }
}

let tokenId = '';

test('a sweep removes what nothing needs, and nothing else, whatever refers to what', async () => {
  const { prisma } = platform.db;
  expect(await prisma.entry.count()).toBeGreaterThan(0);
  const user = await prisma.user.create({ data: { name: 'u', email: 'u@example.org' } });
  const token = { userId: user.id, name: 't', scopes: [], secretHash: 'h', prefix: 'p' };
  const { id } = await prisma.token.create({ data: { ...token, expiresAt: ago(-24) } });
  tokenId = id;
  let removed = 0;
  let kept = 0;
  for (let seed = 0; seed < 15; seed++) {
    const files = await draw(seed);
    const expected = await expectedFiles(files);
    const count = files.size;
    const swept = await sweepArtifacts(platform.db, memoryStore(files), options);
    expect([...files.keys()], `seed ${seed}`).toEqual(expected);
    expect(swept?.files).toBe(count - expected.length);
    removed += count - expected.length;
    kept += expected.length;
    // A second one finds nothing that the first has left.
    expect(await sweepArtifacts(platform.db, memoryStore(files), options)).toEqual({
      ...{ checkpoints: 0, uploads: 0, rows: 0, files: 0, bytes: 0 },
    });
  }
  expect(Math.min(removed, kept)).toBeGreaterThan(100);
});

test('one sweep at a time; what is stored meanwhile stays', async () => {
  const { db } = platform;
  const sha256 = testArtifact('put again').sha256;
  const files = new Map([[sha256, ago(100)]]);
  const store = memoryStore(files);
  const swept = await sweepArtifacts(
    db,
    {
      ...store,
      async remove(name, moment) {
        expect(await sweepArtifacts(db, store, options)).toBeNull();
        files.set(name, new Date());
        return store.remove(name, moment);
      },
    },
    options,
  );
  expect(swept).toMatchObject({ files: 0 });
  expect([...files.keys()]).toEqual([sha256]);
});

test('a row that a write is about to name outlives the sweep', async () => {
  const own = await openTestPlatform();
  onTestFinished(() => own.close());
  await startTestSearch(own);
  const attempt = await takeAttempt(own, 'teacher');
  for (let step = 1; step <= 10; step++) {
    const old = testArtifact(`checkpoint ${step}`);
    const row = { ...old, kind: 'checkpoint', storedAt: ago(100) };
    await own.db.prisma.artifact.create({ data: row });
    await Promise.all([
      sweepArtifacts(own.db, memoryStore(new Map()), options),
      attempt.saveCheckpoint({ ...old, step }),
    ]);
    const files = new Map([[old.sha256, ago(100)]]);
    await sweepArtifacts(own.db, memoryStore(files), options);
    expect(files.size).toBe(1);
  }
});

test('the store of another database is left alone, unless somebody insists', async () => {
  const strange = Array.from({ length: 150 }, (_, i) => testArtifact(`strange ${i}`).sha256);
  const files = new Map(strange.map((sha256) => [sha256, ago(100)]));
  const store = memoryStore(files);
  await expect(sweepArtifacts(platform.db, store, options)).rejects.toThrow(
    '150 of 150 stored files belong to no row of this database.',
  );
  expect(files.size).toBe(150);
  expect(await sweepArtifacts(platform.db, store, { ...options, force: true })).toMatchObject({
    files: 150,
    bytes: 150,
  });
});
