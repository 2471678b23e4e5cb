import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FeatureWindows, type WindowUser } from './feature-windows.ts';

let root: string;
let windows: FeatureWindows;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-windows-'));
  windows = new FeatureWindows(root);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const request = (name: string) => ({ name, bytes: 10, budgetBytes: 30, place: null });

/** Makes a window and gives it back. */
async function make(name: string): Promise<string> {
  const user = windows.user();
  const { folder, compute } = await user.take(request(name), []);
  expect(compute).toBe(true);
  await writeFile(path.join(folder, 'cut'), name);
  user.completed(name);
  user.leave();
  return folder;
}

test('the first to want a window computes it, the others wait until it is complete', async () => {
  const [first, second, third] = [windows.user(), windows.user(), windows.user()];
  const mine = await first.take(request('a'), []);
  const theirs = Promise.all([second.take(request('a'), []), third.take(request('a'), [])]);
  const early = vi.fn();
  theirs.then(early);
  await setImmediate();
  expect(mine.compute).toBe(true);
  expect(early).not.toHaveBeenCalled();
  first.completed('a');
  const shared = { ...mine, compute: false };
  expect(await theirs).toEqual([shared, shared]);
  expect(windows.made).toBe(1);
});

test('when the one who computes fails, exactly one of those who wait takes over', async () => {
  const [broken, second, third] = [windows.user(), windows.user(), windows.user()];
  const { folder } = await broken.take(request('a'), []);
  const waiting = [second, third].map(async (user) => {
    const grant = await user.take(request('a'), []);
    if (grant.compute) user.completed('a');
    return grant;
  });
  await setImmediate();
  broken.leave();
  const grants = await Promise.all(waiting);
  expect(grants.map(({ compute }) => compute).sort()).toEqual([false, true]);
  expect(new Set(grants.map((grant) => grant.folder)).size).toBe(1);
  expect(grants[0]?.folder).not.toBe(folder);
  await vi.waitUntil(() => !existsSync(folder));
});

test('the least recently used windows make room; the one that is read stays', async () => {
  const a = await make('a');
  const b = await make('b');
  const c = await make('c');
  const reader = windows.user();
  expect(await reader.take(request('a'), [])).toEqual({ name: 'a', folder: a, compute: false });
  await make('d');
  await make('e');
  await vi.waitUntil(() => !existsSync(b) && !existsSync(c));
  expect(existsSync(a)).toBe(true);
  reader.release('a');
  await make('f');
  await vi.waitUntil(() => !existsSync(a));
});

test('a window larger than the budget is made and read all the same', async () => {
  const user = windows.user();
  const grant = await user.take({ ...request('large'), bytes: 100, budgetBytes: 0 }, []);
  user.completed('large');
  expect(existsSync(grant.folder)).toBe(true);
  user.release('large');
  await make('next');
  await vi.waitUntil(() => !existsSync(grant.folder));
});

/** Windows on one walk: room for three. */
const step = (number: number) => ({
  ...request(`step ${number}`),
  place: { walk: 'epoch', number },
});

/** Takes the next window as a task does: it gives the one before back first. */
async function walk(user: WindowUser, number: number): Promise<boolean> {
  if (number > 0) user.release(`step ${number - 1}`);
  const { compute } = await user.take(step(number), []);
  if (compute) user.completed(`step ${number}`);
  return compute;
}

test('a task that is ahead waits until the one behind has read what it would displace', async () => {
  const [fast, slow] = [windows.user(), windows.user()];
  for (const number of [0, 1, 2]) expect(await walk(fast, number)).toBe(true);
  expect(await walk(slow, 0)).toBe(false);
  const third = walk(fast, 3);
  const early = vi.fn();
  third.then(early);
  await setImmediate();
  expect(early).not.toHaveBeenCalled();
  expect(await walk(slow, 1)).toBe(false);
  expect(await third).toBe(true);
  for (const number of [2, 3]) expect(await walk(slow, number)).toBe(false);
  expect(windows.made).toBe(4);
});

test('nobody waits for a task that comes much later, or that has ended', async () => {
  const [first, late, ended] = [windows.user(), windows.user(), windows.user()];
  for (const number of [0, 1, 2, 3]) await walk(first, number);
  // Its next windows are gone: it makes its own, whoever is ahead.
  expect(await walk(late, 0)).toBe(true);
  expect(await walk(first, 4)).toBe(true);
  await walk(ended, 2);
  ended.leave();
  expect(await walk(first, 5)).toBe(true);
});

test('who would have to wait computes a window ahead, as far as there is room', async () => {
  const users = Array.from({ length: 4 }, () => windows.user());
  const ahead = [1, 2, 3].map(step);
  const take = (user: WindowUser | undefined) => user?.take(step(0), ahead);
  const [first, second, third, fourth] = users;
  const names = [await take(first), await take(second), await take(third)];
  expect(names).toMatchObject([0, 1, 2].map((i) => ({ name: `step ${i}`, compute: true })));
  const last = take(fourth);
  const early = vi.fn();
  last?.then(early);
  await setImmediate();
  expect(early).not.toHaveBeenCalled();
  for (const [i, user] of [first, second, third].entries()) user?.completed(`step ${i}`);
  expect(await last).toMatchObject({ name: 'step 0', compute: false });
  second?.release('step 1');
  expect(await take(second)).toMatchObject({ name: 'step 0', compute: false });
  expect(windows.made).toBe(3);
});

test('a task that ended while it waited gets nothing', async () => {
  const [maker, gone] = [windows.user(), windows.user()];
  await maker.take(request('a'), []);
  const waiting = gone.take(request('a'), []);
  gone.leave();
  await expect(waiting).rejects.toThrow('has ended');
});

test('closing deletes everything', async () => {
  await make('a');
  await windows.close();
  expect(await readdir(root)).toEqual([]);
});
