import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { searchSpec } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { smallSpec } from '../test/small-spec.ts';
import { keepSearch } from './kept-search.ts';

let state: { path: string };
beforeEach(async () => {
  state = { path: await mkdtemp(path.join(tmpdir(), 'blockwise-kept-')) };
});
afterEach(() => rm(state.path, { recursive: true }));

const spec = (name: string) => searchSpec.parse(smallSpec(name));

it('a search that was not seen to its end has the same key again, until it ended', async () => {
  const first = await keepSearch(state, spec('a'));
  expect(first.isOld).toBe(false);
  const again = await keepSearch(state, spec('a'));
  expect(again).toMatchObject({ isOld: true, idempotencyKey: first.idempotencyKey });
  await again.forget();
  const next = await keepSearch(state, spec('a'));
  expect(next.isOld).toBe(false);
  expect(next.idempotencyKey).not.toBe(first.idempotencyKey);
});

it('another specification is another search', async () => {
  const first = await keepSearch(state, spec('a'));
  const other = await keepSearch(state, spec('b'));
  expect(other.isOld).toBe(false);
  expect(other.idempotencyKey).not.toBe(first.idempotencyKey);
});

it('a file that was cut off begins a new one', async () => {
  await writeFile(path.join(state.path, 'search.json'), '{"idempotencyKey":"x","sp');
  expect((await keepSearch(state, spec('a'))).isOld).toBe(false);
});
