import { expect, test } from 'vitest';
import { EpochClock } from './epoch-clock.ts';

test('the share of waiting and the images of an epoch, without what is between epochs', async () => {
  let now = 1000;
  const points: [string, number, number][] = [];
  const reporter = {
    point: (key: string, step: number, value: number) => points.push([key, step, value]),
  };
  const clock = new EpochClock(() => now);
  const lasting = async (milliseconds: number) => {
    now += milliseconds;
  };
  for (let step = 0; step < 2; step++) {
    await clock.wait(() => lasting(100));
    now += 400;
    clock.trained(32);
  }
  clock.report(reporter, 2);
  // A validation of seven seconds.
  now += 7000;
  clock.begin();
  await expect(clock.wait(() => Promise.reject(new Error('no more')))).rejects.toThrow('no more');
  now += 250;
  clock.trained(8);
  clock.report(reporter, 3);
  clock.report(reporter, 4);
  expect(points).toEqual([
    ['data_wait', 2, 0.2],
    ['images_per_second', 2, 64],
    ['data_wait', 3, 0],
    ['images_per_second', 3, 32],
  ]);
});
