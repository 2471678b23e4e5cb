import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ArtifactStore, ListedArtifact } from '../store.ts';

/** A place for artifacts, seen from outside of the store that uses it. */
export interface StoreWorld {
  open(): Promise<ArtifactStore>;
  /** Names of everything that is there, parts of artifacts too. */
  names(): Promise<string[]>;
  /** Puts other content where an artifact is. */
  damage(sha256: string, content: string): Promise<void>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

const hello = new TextEncoder().encode('hello');
const helloSha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
/** More than is sent in one piece, and no whole number of pieces. */
const large = new Uint8Array(20 * 2 ** 20 + 7).map((_, i) => (i * 7919) >> 8);

/** What every store does, whatever it keeps artifacts in. */
export function describeStore(openWorld: () => Promise<StoreWorld>): void {
  let world: StoreWorld;
  let store: ArtifactStore;
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    await world.empty();
    store = await world.open();
  });
  afterAll(() => world.close());

  test('bytes come back under their SHA-256', async () => {
    expect(await store.put(hello)).toEqual({ sha256: helloSha256, bytes: 5 });
    expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
    expect(await store.has(helloSha256)).toBe(true);
    expect(await world.names()).toEqual([`2c/${helloSha256}`]);
  });

  test('nothing at all is an artifact too', async () => {
    const { sha256 } = await store.put(new Uint8Array());
    expect((await store.get(sha256)).byteLength).toBe(0);
    expect(await textOf(store, sha256)).toBe('');
  });

  test('a view of a larger buffer is stored, not the buffer', async () => {
    const view = new TextEncoder().encode('>>hello<<').subarray(2, 7);
    expect((await store.put(view)).sha256).toBe(helloSha256);
  });

  test('putting twice, also at once, keeps one and no part', async () => {
    await Promise.all([store.put(hello), store.put(hello), store.put(hello)]);
    expect(await world.names()).toEqual([`2c/${helloSha256}`]);
  });

  test('all that is there is listed, and removed unless it was put since', async () => {
    const begun = new Date(Date.now() - 2000);
    expect(await listed(store)).toEqual([]);
    await store.put(hello);
    const { sha256 } = await store.put(new Uint8Array(3));
    const all = await listed(store);
    expect(all.map((each) => [each.sha256, each.bytes])).toEqual([
      [helloSha256, 5],
      [sha256, 3],
    ]);
    for (const { storedAt } of all) expect(storedAt.getTime()).toBeGreaterThan(begun.getTime());
    expect(await store.remove(helloSha256, { notSince: begun })).toBe(false);
    expect(await store.has(helloSha256)).toBe(true);
    const later = { notSince: new Date(Date.now() + 2000) };
    expect(await store.remove(helloSha256, later)).toBe(true);
    expect(await store.remove(helloSha256, later)).toBe(false);
    expect(await store.has(helloSha256)).toBe(false);
    expect((await listed(store)).map((each) => each.sha256)).toEqual([sha256]);
  });

  test('what is large is whole', async () => {
    const { sha256, bytes } = await store.put(large);
    expect([sha256, bytes]).toEqual([sha256Of(large), large.byteLength]);
    expect(sha256Of(await store.get(sha256))).toBe(sha256);
    await world.empty();
    store = await world.open();
    await store.putStream(slices(large), { sha256, maxBytes: large.byteLength });
    const read = await store.read(sha256);
    expect(read.bytes).toBe(large.byteLength);
    const hash = createHash('sha256');
    for await (const piece of read.pieces) hash.update(piece);
    expect(hash.digest('hex')).toBe(sha256);
    expect(await world.names()).toEqual([`${sha256.slice(0, 2)}/${sha256}`]);
  });

  test('a stream is stored when it is what it says it is', async () => {
    const expected = { sha256: helloSha256, maxBytes: 5 };
    const stored = await store.putStream(piecesOf('he', '', 'llo'), expected);
    expect(stored).toEqual({ sha256: helloSha256, bytes: 5 });
    expect(await textOf(store, helloSha256)).toBe('hello');
  });

  const brokenStreams: [string, () => AsyncIterable<Uint8Array>, object][] = [
    ['is something else', () => piecesOf('jello'), { code: 'BAD_INPUT' }],
    ['is empty', () => piecesOf(), { code: 'BAD_INPUT' }],
    ['is too long', () => piecesOf('hello', '!'), { code: 'BAD_INPUT' }],
    ['breaks off', breakingOff, { message: 'the connection broke off' }],
  ];
  test.each(brokenStreams)('of a stream that %s nothing is left', async (_, pieces, error) => {
    const expected = { sha256: helloSha256, maxBytes: 5 };
    await expect(store.putStream(pieces(), expected)).rejects.toMatchObject(error);
    expect(await store.has(helloSha256)).toBe(false);
    expect(await world.names()).toEqual([]);
  });

  test('of a large stream that turns out to be something else nothing is seen', async () => {
    const expected = { sha256: helloSha256, maxBytes: large.byteLength };
    await expect(store.putStream(slices(large), expected)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(await store.has(helloSha256)).toBe(false);
    expect(await world.names()).toEqual([]);
  });

  test('what is not stored is ARTIFACT_MISSING', async () => {
    expect(await store.has(helloSha256)).toBe(false);
    await expect(store.get(helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    await expect(store.read(helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  test.each(['jello', 'hell', ''])(
    '%j in its place is never returned, and put repairs it',
    async (content) => {
      await store.put(hello);
      await world.damage(helloSha256, content);
      await expect(store.get(helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
      await expect(textOf(store, helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
      await store.put(hello);
      expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
    },
  );

  test('a reader of something altered never has as much as it was told', async () => {
    const { sha256 } = await store.put(large);
    await world.damage(sha256, 'x'.repeat(3 * 2 ** 20));
    const { bytes, pieces } = await store.read(sha256);
    let had = 0;
    const reading = async () => {
      for await (const piece of pieces) had += piece.byteLength;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    expect(had).toBeLessThan(bytes);
  });

  test.each([
    '../../etc/passwd',
    `../${helloSha256}`,
    helloSha256.toUpperCase(),
    `${helloSha256}/..`,
    `${helloSha256}?versionId=1`,
    `${helloSha256}\n`,
    '',
  ])('the address %j steers nothing', async (address) => {
    const refusal = { code: 'ARTIFACT_MISSING' };
    const expected = { sha256: address, maxBytes: 5 };
    await expect(store.get(address)).rejects.toMatchObject(refusal);
    await expect(store.read(address)).rejects.toMatchObject(refusal);
    await expect(store.has(address)).rejects.toMatchObject(refusal);
    await expect(store.putStream(piecesOf('hello'), expected)).rejects.toMatchObject(refusal);
    expect(await world.names()).toEqual([]);
  });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function textOf(store: ArtifactStore, sha256: string): Promise<string> {
  const { pieces } = await store.read(sha256);
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read).toString();
}

async function* piecesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield hello;
  throw new Error('the connection broke off');
}

async function listed(store: ArtifactStore): Promise<ListedArtifact[]> {
  const all: ListedArtifact[] = [];
  for await (const each of store.list()) all.push(each);
  return all.sort((a, b) => (a.bytes > b.bytes ? -1 : 1));
}
