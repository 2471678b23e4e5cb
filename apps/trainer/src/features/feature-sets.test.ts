import { mkdir, mkdtemp, readdir, rm, rmdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowBytes, writeRows } from './feature-files.ts';
import { chunkName, type FeatureSetPlan } from './feature-plan.ts';
import { type ComputeChunk, FeatureSets } from './feature-sets.ts';
import { FeatureWindows } from './feature-windows.ts';

let root: string;
const open: FeatureSets[] = [];
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-feature-sets-'));
});
afterEach(async () => {
  for (const sets of open.splice(0)) await sets.close();
  await rm(root, { recursive: true });
});

const layout = { length: 2, dtype: 'f32' } as const;
const fileBytes = 40 * rowBytes(layout);
const name = (letter: string) => letter.repeat(64);

/** 40 rating images, two cut points. */
function planOf(...files: readonly string[]): FeatureSetPlan {
  const group = { kind: 'rating' } as const;
  return {
    kind: 'set',
    key: files.join(),
    groups: [{ group, rows: 40, files: files.map(name), bytes: files.map(() => fileBytes) }],
    chunks: [0, 10, 20, 30].map((from) => ({ group, from, to: from + 10 })),
    rows: 40,
    bytes: files.length * fileBytes,
  };
}
const plan = planOf('a', 'b');
const names = plan.chunks.map(chunkName);

/** Of another process each. */
function openSets(budgetBytes = 1e6, windows = new FeatureWindows(root)): FeatureSets {
  const sets = new FeatureSets(root, budgetBytes, windows);
  open.push(sets);
  return sets;
}

/** A slot with a list of what it computed: a row takes a second. */
function slot(fail: (chunk: string) => boolean = () => false) {
  const computed: string[] = [];
  const compute: ComputeChunk = async (chunk, files) => {
    await setTimeout(10);
    const text = chunkName(chunk);
    if (fail(text)) throw new Error(`${text} failed`);
    computed.push(text);
    for (const file of files) {
      if (file) writeRows(path.join(root, file), chunk.from, layout, new Float32Array(20));
    }
    return { rows: 10, seconds: 10 };
  };
  return { computed, compute };
}
const silent = async () => undefined;
const complete = (sets: FeatureSets, { compute }: { compute: ComputeChunk }, wanted = plan) =>
  sets.complete(wanted, 'f32', compute, silent);
const stored = async () =>
  (await readdir(root)).filter((file) => /^\w{64}$/.test(file)).map(([letter]) => letter);

test('slots share the chunks: each is computed once, by one of them', async () => {
  const sets = openSets();
  const [a, b] = [slot(), slot()];
  const both = await Promise.all([complete(sets, a), complete(sets, b)]);
  expect([...a.computed, ...b.computed].sort()).toEqual(names);
  expect(a.computed.length).toBeGreaterThan(0);
  expect(b.computed.length).toBeGreaterThan(0);
  for (const set of both) {
    expect(set?.source).toMatchObject({ folder: root, dtype: 'f32', secondsPerRow: 1 });
    expect(set?.source.groups).toEqual([
      { group: { kind: 'rating' }, files: [name('a'), name('b')] },
    ]);
  }
});

test('a chunk that fails on one slot is done by another', async () => {
  const sets = openSets();
  const [broken, whole] = [slot((text) => text === names[0]), slot()];
  const failing = complete(sets, broken);
  const working = complete(sets, whole);
  await expect(failing).rejects.toThrow('failed');
  await working;
  expect([...broken.computed, ...whole.computed].sort()).toEqual(names);
});

test('a slot whose progress cannot be written leaves; the other completes the set', async () => {
  const sets = openSets();
  const [cancelled, whole] = [slot(), slot()];
  const leaving = sets.complete(plan, 'f32', cancelled.compute, async () => {
    throw new Error('the job was cancelled');
  });
  const working = complete(sets, whole);
  await expect(leaving).rejects.toThrow('cancelled');
  expect(await working).not.toBeNull();
  expect([...cancelled.computed, ...whole.computed].sort()).toEqual(names);
  expect(cancelled.computed).toHaveLength(1);
});

test('another process takes what is complete, with what it cost, and another set its part', async () => {
  await complete(openSets(), slot());
  const again = slot();
  const set = await complete(openSets(), again);
  expect(again.computed).toEqual([]);
  expect(set?.source.secondsPerRow).toBe(1);
  const asked: (readonly (string | null)[])[] = [];
  const part = slot();
  await openSets().complete(
    planOf('b', 'c'),
    'f32',
    (chunk, files) => {
      asked.push(files);
      return part.compute(chunk, files);
    },
    silent,
  );
  expect(asked).toEqual(names.map(() => [null, name('c')]));
});

test.each<[string, () => Promise<void>]>([
  ['deleted', () => rm(path.join(root, name('a')))],
  ['cut off', () => truncate(path.join(root, name('a')), 100)],
  ['without a marker', () => rm(path.join(root, `${name('a')}.json`))],
  ['with a damaged marker', () => writeFile(path.join(root, `${name('a')}.json`), '{"cut')],
  ['with a marker of another shape', () => writeFile(path.join(root, `${name('a')}.json`), '[]')],
])('a file that was %s is completed again, in this process and in others', async (_, harm) => {
  for (const sets of [openSets(), null]) {
    const here = sets ?? openSets();
    await complete(here, slot());
    await harm();
    const again = slot();
    await complete(sets ?? openSets(), again);
    expect(again.computed).toEqual(names);
  }
});

test('a set that cannot be read for the moment is kept, and serves as soon as it can', async () => {
  await complete(openSets(), slot());
  const file = path.join(root, `${name('a')}.json`);
  await rm(file);
  // Reading a folder fails for every user; a lack of rights would not stop root.
  await mkdir(file);
  const sets = openSets();
  await expect(complete(sets, slot())).rejects.toMatchObject({ code: 'EISDIR' });
  await rmdir(file);
  await complete(sets, slot());
  expect((await stored()).sort()).toEqual(['a', 'b']);
});

test('the least recently used files make room, never those that somebody uses', async () => {
  // Room for five files.
  const budget = 5 * 40 * rowBytes(layout);
  const [mine, theirs] = [openSets(budget), openSets(budget)];
  const first = await complete(mine, slot(), planOf('a', 'b'));
  const second = await complete(theirs, slot(), planOf('c', 'd'));
  // Whoever is used, an old time does not count.
  for (const letter of ['a', 'b']) await utimes(path.join(root, name(letter)), 1, 1);
  // One file is too many, and all are in use.
  expect(await complete(mine, slot(), planOf('e', 'f'))).toBeNull();
  expect(await mine.room(1e9)).toBe(budget / 5);
  await second?.release();
  for (const letter of ['c', 'd']) await utimes(path.join(root, name(letter)), 2, 2);
  await utimes(path.join(root, name('c')), 3, 3);
  const third = await complete(mine, slot(), planOf('e', 'f'));
  expect((await stored()).sort()).toEqual(['a', 'b', 'c', 'e', 'f']);
  await first?.release();
  await third?.release();
  expect(await theirs.room(budget)).toBe(budget);
  expect(await stored()).toEqual([]);
});

test('a set under way counts for all that it will take', async () => {
  const budget = 3 * fileBytes;
  const [mine, theirs] = [openSets(budget), openSets(budget)];
  const { compute } = slot();
  const left: number[] = [];
  await mine.complete(planOf('a', 'b'), 'f32', compute, async () => {
    left.push(await theirs.room(budget));
  });
  expect(left).toEqual(names.map(() => fileBytes));
});

test('windows take room: those of a lost process go, those of another stay', async () => {
  const budget = 3 * fileBytes;
  const theirWindows = new FeatureWindows(root);
  const [mine, theirs] = [openSets(budget), openSets(budget, theirWindows)];
  const lost = path.join(root, 'windows-lost', '1');
  await mkdir(lost, { recursive: true });
  await writeFile(path.join(lost, 'cut-1'), new Uint8Array(2 * fileBytes));
  expect(await mine.room(fileBytes)).toBe(fileBytes);
  expect(await readdir(root)).toContain('windows-lost');
  const set = await complete(mine, slot());
  expect(set).not.toBeNull();
  expect(await readdir(root)).not.toContain('windows-lost');
  await set?.release();

  const budgetBytes = await theirs.room(2 * fileBytes);
  const user = theirWindows.user();
  const wanted = { name: 'w', bytes: 2 * fileBytes, budgetBytes, place: null };
  const { folder } = await user.take(wanted, []);
  await writeFile(path.join(folder, 'cut-1'), new Uint8Array(2 * fileBytes));
  user.completed('w');
  expect(await complete(mine, slot(), planOf('c', 'd'))).toBeNull();
  // In their own process too, until nobody reads them.
  expect(await complete(theirs, slot(), planOf('c', 'd'))).toBeNull();
  user.leave();
  expect(await complete(theirs, slot(), planOf('c', 'd'))).not.toBeNull();
  expect(theirWindows.bytes).toBe(0);
});

test('progress counts rows up to all of them', async () => {
  const seen: number[] = [];
  await openSets().complete(plan, 'f32', slot().compute, async (done) => {
    seen.push(done);
  });
  expect(seen).toEqual([10, 20, 30, 40]);
});
