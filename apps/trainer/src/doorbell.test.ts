import { expect, test } from 'vitest';
import { Doorbell } from './doorbell.ts';

test('a ring wakes everybody who waits', async () => {
  const bell = new Doorbell();
  const waiting = Promise.all([bell.wait(bell.rings), bell.wait(bell.rings, 60_000)]);
  bell.ring();
  await waiting;
});

test('a ring between look and wait is not missed', async () => {
  const bell = new Doorbell();
  const { rings } = bell;
  bell.ring();
  await bell.wait(rings);
});

test('without a ring the time ends the wait', async () => {
  const bell = new Doorbell();
  let woken = false;
  const waiting = bell.wait(bell.rings, 5).then(() => {
    woken = true;
  });
  expect(woken).toBe(false);
  await waiting;
});
