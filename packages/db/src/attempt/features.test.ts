import { afterEach, beforeEach, expect, test } from 'vitest';
import { jobsOf, runsOf } from '../jobs.ts';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from '../testing/index.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  await platform.close();
});

const use = { hits: 3e10, misses: 40, bytesRead: 5e12, seconds: 1.5, savedSeconds: -0.25 };

test('what the cache did is told of the attempt; the last word counts', async () => {
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const runs = () => runsOf(platform.db, search.id);
  expect((await runs()).map(({ featureUse }) => featureUse)).toEqual([null]);
  await attempt.recordFeatures({ ...use, hits: 1, savedSeconds: null });
  await attempt.recordFeatures(use);
  expect((await runs()).map(({ featureUse }) => featureUse)).toEqual([use]);
  await expect(attempt.recordFeatures({ ...use, seconds: Number.NaN })).rejects.toMatchObject({
    code: 'DIVERGED',
  });
  expect(await jobsOf(platform.db, search.id)).toHaveLength(1);
});
