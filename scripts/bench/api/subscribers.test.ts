import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../../apps/api/src/testing/test-api.ts';
import { reportedKeys, stepsOfReport } from './reports.ts';
import { followReports } from './subscribers.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('subscribers that are cut come back with their cursors: nothing is lost, nothing doubled', async () => {
  const plan = { subscribers: 50, cut: 10, trainers: 3, reports: 8, everyMilliseconds: 300 };
  const address = { url: api.server.url, token: api.token };
  const told = await followReports(api.platform, address, plan);
  expect(told).toMatchObject({ lost: 0, doubled: 0, resumed: plan.cut });
  // Somebody was away while points came.
  expect(told.caughtUp).toBeGreaterThan(0);
  const points = plan.trainers * plan.reports * stepsOfReport * reportedKeys.length;
  expect(told.count + told.caughtUp).toBe(points * plan.subscribers);
  expect(told.untilAll).toHaveLength(plan.trainers * plan.reports);
  // All were closed.
  await expect.poll(() => api.server.subscriptionCount()).toBe(0);
});
