import { jobKinds } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nextDelivery } from '../next-delivery.ts';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
  testTrainer,
} from '../testing/index.ts';
import { readTrainerChanges } from '../trainer-changes.ts';
import { readTrainers, seeTrainer } from '../trainers.ts';
import { drainTrainer } from './drain-trainer.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(() => platform.close());

const drain = (isDraining: boolean) =>
  drainTrainer(platform.db, { trainerId: testTrainer.id, isDraining });
const next = (trainer = testTrainer) =>
  nextDelivery(platform.db, platform.queue, { trainer, engine: 'wasm', kinds: jobKinds });

test('a drained trainer finishes what it has and gets nothing more until that is taken back', async () => {
  const { db } = platform;
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const { cursor } = await readTrainerChanges(db, undefined, 10);
  expect(await drain(true)).toMatchObject({ id: testTrainer.id, isDraining: true });
  expect((await readTrainerChanges(db, cursor, 10)).trainers).toMatchObject([
    { id: testTrainer.id, isDraining: true },
  ]);
  expect(await attempt.standing()).toBe('HELD');
  await attempt.completeTeacher(teacherResult);
  expect(await next()).toBeNull();
  expect(await next({ ...testTrainer, id: 'b', name: 'B' })).toMatchObject({ kind: 'distil' });
  await drain(false);
  expect(await next()).toMatchObject({ kind: 'distil' });
});

test('it stays drained when it says again that it lives; a new process of its name takes jobs', async () => {
  const { db } = platform;
  await startTestSearch(platform);
  await seeTrainer(db, testTrainer);
  await drain(true);
  await seeTrainer(db, testTrainer);
  expect(await next()).toBeNull();
  const restarted = { ...testTrainer, id: 'trainer-a again' };
  expect(await next(restarted)).toMatchObject({ kind: 'teacher' });
  expect(await readTrainers(db, [testTrainer.id])).toMatchObject([{ isDraining: true }]);
  expect(await readTrainers(db, [restarted.id])).toMatchObject([{ isDraining: false }]);
  await expect(drainTrainer(db, { trainerId: 'nobody', isDraining: true })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
