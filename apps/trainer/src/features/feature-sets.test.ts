import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chunkName, type FeatureSetPlan } from './feature-plan.ts';
import { type ComputeChunk, FeatureSets } from './feature-sets.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-feature-sets-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const chunk = (from: number) => ({ group: { kind: 'rating' } as const, from, to: from + 10 });
const plan: FeatureSetPlan = {
  kind: 'set',
  key: 'a'.repeat(64),
  chunks: [0, 10, 20, 30].map(chunk),
  rows: 40,
  bytes: 160,
};

/** A slot whose chunks are their own names, with a list of what it computed. */
function slot(fail: (name: string) => boolean = () => false) {
  const computed: string[] = [];
  const compute: ComputeChunk = async (wanted, _folder, expected) => {
    await setImmediate();
    const name = chunkName(wanted);
    if (fail(name)) throw new Error(`${name} failed`);
    const known = expected?.[0] === name;
    if (!known) computed.push(name);
    return { checksums: [name], computed: !known };
  };
  return { computed, compute };
}
const silent = async () => undefined;
const names = plan.chunks.map(chunkName);

test('slots share the chunks: each is computed once, by one of them', async () => {
  const sets = new FeatureSets(root);
  const [a, b] = [slot(), slot()];
  const folders = await Promise.all([
    sets.complete(plan, a.compute, silent),
    sets.complete(plan, b.compute, silent),
  ]);
  expect(new Set(folders)).toEqual(new Set([path.join(root, plan.key)]));
  expect([...a.computed, ...b.computed].sort()).toEqual(names);
  expect(a.computed.length).toBeGreaterThan(0);
  expect(b.computed.length).toBeGreaterThan(0);
  expect(await readdir(root)).toEqual([plan.key]);
});

test('a chunk that fails on one slot is done by another', async () => {
  const sets = new FeatureSets(root);
  const [broken, whole] = [slot((name) => name === names[0]), slot()];
  const failing = sets.complete(plan, broken.compute, silent);
  const working = sets.complete(plan, whole.compute, silent);
  await expect(failing).rejects.toThrow('failed');
  await working;
  expect([...broken.computed, ...whole.computed].sort()).toEqual(names);
});

test('a slot whose progress cannot be written leaves; the other completes the set', async () => {
  const sets = new FeatureSets(root);
  const [cancelled, whole] = [slot(), slot()];
  const leaving = sets.complete(plan, cancelled.compute, async () => {
    throw new Error('the job was cancelled');
  });
  const working = sets.complete(plan, whole.compute, silent);
  await expect(leaving).rejects.toThrow('cancelled');
  expect(await working).toBe(path.join(root, plan.key));
  expect([...cancelled.computed, ...whole.computed].sort()).toEqual(names);
  expect(cancelled.computed).toHaveLength(1);
});

test('another process confirms a complete set and computes only what was altered', async () => {
  await new FeatureSets(root).complete(plan, slot().compute, silent);
  const unaltered = slot();
  await new FeatureSets(root).complete(plan, unaltered.compute, silent);
  expect(unaltered.computed).toEqual([]);
  const checksums = Object.fromEntries(names.map((name) => [name, [name]]));
  const file = path.join(root, plan.key, 'checksums.json');
  await writeFile(file, JSON.stringify({ ...checksums, [names[2] ?? '']: ['other'] }));
  const altered = slot();
  await new FeatureSets(root).complete(plan, altered.compute, silent);
  expect(altered.computed).toEqual([names[2]]);
});

test.each(['{"cut off', '["of another shape"]'])(
  'with the damaged list of checksums %s everything is computed again',
  async (content) => {
    await new FeatureSets(root).complete(plan, slot().compute, silent);
    await writeFile(path.join(root, plan.key, 'checksums.json'), content);
    const again = slot();
    await new FeatureSets(root).complete(plan, again.compute, silent);
    expect(again.computed).toEqual(names);
  },
);

test('a set that cannot be read for the moment is kept, and serves as soon as it can', async () => {
  await new FeatureSets(root).complete(plan, slot().compute, silent);
  const file = path.join(root, plan.key, 'checksums.json');
  const content = await readFile(file);
  await rm(file);
  // Reading a folder fails for every user; a lack of rights would not stop root.
  await mkdir(file);
  const sets = new FeatureSets(root);
  const refused = sets.complete(plan, slot().compute, silent);
  await expect(refused).rejects.toMatchObject({ code: 'EISDIR' });
  await rmdir(file);
  await writeFile(file, content);
  const again = slot();
  await sets.complete(plan, again.compute, silent);
  expect(again.computed).toEqual([]);
});

test('a folder that was deleted meanwhile is made again', async () => {
  const sets = new FeatureSets(root);
  await sets.complete(plan, slot().compute, silent);
  await rm(path.join(root, plan.key), { recursive: true });
  const again = slot();
  await sets.complete(plan, again.compute, silent);
  expect(again.computed).toEqual(names);
});

test('progress counts rows up to all of them', async () => {
  const seen: number[] = [];
  await new FeatureSets(root).complete(plan, slot().compute, async (done) => {
    seen.push(done);
  });
  expect(seen).toEqual([10, 20, 30, 40]);
});
