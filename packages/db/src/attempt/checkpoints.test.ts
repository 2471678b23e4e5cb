import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testArtifact,
} from '../testing/index.ts';
import type { Attempt } from './attempt.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
  await startTestSearch(platform);
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const save = (attempt: Attempt, step: number) =>
  attempt.saveCheckpoint({ ...testArtifact(`state ${step}`), step });

/** Steps of what the next attempt may go on from, the newest first. */
async function keptOf(attempt: Attempt): Promise<(number | undefined)[]> {
  await attempt.abandon();
  const next = await takeAttempt(platform, 'teacher');
  const kept = [next.checkpoint, next.earlierCheckpoint];
  for (const checkpoint of kept) {
    if (checkpoint) {
      expect(checkpoint.sha256).toBe(testArtifact(`state ${checkpoint.step}`).sha256);
    }
  }
  return kept.map((checkpoint) => checkpoint?.step);
}

test('a job keeps its last two checkpoints', async () => {
  const attempt = await takeAttempt(platform, 'teacher');
  expect(attempt).toMatchObject({ checkpoint: null, earlierCheckpoint: null });
  await save(attempt, 100);
  await save(attempt, 200);
  await save(attempt, 300);
  expect(await keptOf(attempt)).toEqual([300, 200]);
});

test.each([
  ['the same step', [100, 200, 200], [200, 100]],
  ['an earlier step', [100, 200, 150], [150, 100]],
  ['the beginning', [100, 200, 0], [0, undefined]],
])('one of %s replaces what is not before it', async (_, steps, kept) => {
  const attempt = await takeAttempt(platform, 'teacher');
  for (const step of steps) {
    await save(attempt, step);
  }
  expect(await keptOf(attempt)).toEqual(kept);
});

test.each([
  [300, [300, 200]],
  [200, [200, undefined]],
  [199, [undefined, undefined]],
])('whoever goes on from step %i needs no checkpoint behind it', async (from, kept) => {
  const attempt = await takeAttempt(platform, 'teacher');
  await save(attempt, 200);
  await save(attempt, 300);
  await attempt.resumeFrom(from);
  expect(await keptOf(attempt)).toEqual(kept);
});
