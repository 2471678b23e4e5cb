import { readSafetensors, writeSafetensors } from '@blockwise/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';
import { type ResumePoint, UnreadableCheckpoint, writeState } from './resume.ts';

let tiny: TinyCompute;
let whole: ResumePoint;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  const said = tiny.recorder();
  await tiny.run('distil', await tiny.distilRequest(), said);
  const [first] = said.checkpoints;
  if (!first) throw new Error('there is no checkpoint');
  whole = first;
});
afterAll(() => tiny.close());

/** The checkpoint with other arrays. */
function changed(change: (arrays: ReturnType<typeof arraysOf>) => void): Uint8Array {
  const arrays = arraysOf();
  change(arrays);
  return writeState(whole.step, { arrays, sums: {} });
}
const arraysOf = () => new Map(readSafetensors(whole.bytes).arrays);
const other = { shape: [1, 2], data: Float32Array.of(1, 2) };

test.each<[string, () => Uint8Array]>([
  ['noise', () => Uint8Array.from({ length: 100 }, (_, i) => i)],
  ['nothing', () => new Uint8Array()],
  ['half of it', () => whole.bytes.slice(0, whole.bytes.length / 2)],
  ['a state of another step', () => writeState(9, { arrays: arraysOf(), sums: {} })],
  ['weights that are no state', () => writeSafetensors(arraysOf())],
  [
    'sums in another form',
    () => writeSafetensors(arraysOf(), { step: String(whole.step), sums: '{"retries":"none"}' }),
  ],
  ['too few weights', () => changed((arrays) => arrays.delete(nameOf(arrays, /^[^/]*$/)))],
  [
    'weights of another shape',
    () => changed((arrays) => arrays.set(nameOf(arrays, /^[^/]*$/), other)),
  ],
  ['half an optimiser', () => changed((arrays) => arrays.delete(nameOf(arrays, /^\w+\.m\//)))],
  [
    'an optimiser of another network',
    () => changed((arrays) => arrays.set(nameOf(arrays, /^\w+\.m\//), other)),
  ],
])(
  'a training cannot go on from %s, says so, and the thread serves the next task',
  async (_, bytes) => {
    const { thread } = tiny;
    const engine = thread.engine();
    const resume = { step: whole.step, bytes: bytes() };
    const run = tiny.run('distil', await tiny.distilRequest({}, { resume }));
    await expect(run).rejects.toBeInstanceOf(UnreadableCheckpoint);
    // It was not replaced, as after a crash.
    expect(thread.engine()).toBe(engine);
  },
);

function nameOf(arrays: ReadonlyMap<string, unknown>, pattern: RegExp): string {
  const name = [...arrays.keys()].find((key) => pattern.test(key));
  if (name === undefined) throw new Error(`no array is called ${pattern}: ${[...arrays.keys()]}`);
  return name;
}
