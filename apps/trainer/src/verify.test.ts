import { networksOf, readEntry, verifyEntry } from '@blockwise/db';
import { boardEntries } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from './log.ts';
import { finished, openPlatform, submit, type TestPlatform, until } from './testing/platform.ts';
import { tinySpec, tinyTraining } from './testing/tiny-search.ts';
import { startTrainer, type Trainer } from './trainer.ts';

/* Entries of networks found by a real search, their weights evaluated again. */
let platform: TestPlatform;
let trainer: Trainer;
let search: string;

beforeAll(async () => {
  platform = await openPlatform();
  trainer = await startTrainer(platform.env, openLog('silent'));
  const retrain = { ...tinyTraining, epochs: 1, networks: 2, seeds: 2, ema: 0.9 };
  search = await submit(platform, tinySpec({ retrain }));
  expect(await finished(platform, search)).toMatchObject({ state: 'COMPLETE', failure: null });
});
afterAll(async () => {
  await trainer?.stop();
  await platform?.close();
});

/** The board's entries when nothing is left to verify. */
function verified() {
  return until(async () => {
    const entries = await boardEntries(platform.db);
    return entries.every(({ state }) => state === 'VERIFIED') && entries;
  });
}

test('entries of a search are verified by themselves: stored weights are as good as trained ones', async () => {
  const entries = await verified();
  expect(entries).toHaveLength(2);
  for (const { top1, trainings, verification } of entries) {
    expect(trainings).toHaveLength(2);
    expect(verification?.top1s).toEqual(trainings.map((training) => training.top1));
    expect(verification?.top1).toBeCloseTo(top1, 12);
  }
  const networks = await networksOf(platform.db, search);
  expect(entries.map(({ networkId }) => networkId).sort()).toEqual(
    networks.map(({ id }) => id).sort(),
  );
});

test('an entry that says more than its weights is rejected with both figures', async () => {
  const { db, queue } = platform;
  const [leader, second] = await verified();
  const honest = second?.top1 ?? 0;
  const claimed = honest < 0.5 ? honest + 0.5 : honest - 0.5;
  // Only who may change tables can make an entry say something else.
  await db.prisma.$transaction([
    db.prisma.$executeRaw`ALTER TABLE entry DISABLE TRIGGER entry_final`,
    db.prisma.entry.update({ where: { id: second?.id ?? '' }, data: { top1: claimed } }),
    db.prisma.$executeRaw`ALTER TABLE entry ENABLE TRIGGER entry_final`,
  ]);
  await verifyEntry(db, queue, { entryId: second?.id ?? '' });
  const rejected = await until(async () => {
    const entry = await readEntry(db, second?.id ?? '');
    return entry?.state === 'REJECTED' && entry;
  });
  expect(rejected).toMatchObject({
    top1: claimed,
    verification: { top1: expect.closeTo(honest, 12) },
  });
  expect((await boardEntries(db)).map(({ id }) => id)).toEqual([leader?.id]);
});
