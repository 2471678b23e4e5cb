import { DomainError } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { HalfMoved, MicroBatch } from './micro-batch.ts';

const full = new Error("The wasm backend's memory is full: no room for 8 bytes.");

/** Needs memory for so many images. */
function room(images: number) {
  const tried: number[] = [];
  const work = async (size: number) => {
    tried.push(size);
    if (size > images) throw full;
    return size;
  };
  return { tried, work };
}

test('what finds no room is done again with half as many, and the size stays', async () => {
  const told: string[] = [];
  const microBatch = new MicroBatch({
    size: null,
    onOutOfMemory: 'halve',
    onHalved: (words) => told.push(words),
  });
  const { tried, work } = room(15);
  expect(await microBatch.run(100, 'The pass', work)).toBe(12);
  expect(await microBatch.run(100, 'The pass', work)).toBe(12);
  expect(await microBatch.run(5, 'The pass', work)).toBe(5);
  expect(tried).toEqual([100, 50, 25, 12, 12, 5]);
  expect(microBatch.size).toBe(12);
  expect(told).toHaveLength(3);
  expect(told[2]).toBe(
    'The pass, 25 at once, needs more memory than the engine has ' +
      "(The wasm backend's memory is full: no room for 8 bytes); it goes on with 12 at once.",
  );
});

test.each([
  ['there is no half of one', new MicroBatch({ size: 1, onOutOfMemory: 'halve' }), full],
  ['nobody wants that', new MicroBatch({ size: 8, onOutOfMemory: 'fail' }), full],
  [
    'parameters have moved',
    new MicroBatch({ size: 8, onOutOfMemory: 'halve' }),
    new HalfMoved(full),
  ],
])('the work fails with its shapes where %s', async (_, microBatch, error) => {
  const failing = microBatch.run(100, 'The pass of 3×3×4', async () => {
    throw error;
  });
  await expect(failing).rejects.toThrow(DomainError);
  await expect(failing).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/^The pass of 3×3×4, [18] at once, needs more memory/),
  });
});

test('any other failure is nothing that fewer images would help', async () => {
  const { tried, work } = room(100);
  const microBatch = new MicroBatch({ size: null, onOutOfMemory: 'halve' });
  const failing = microBatch.run(64, 'The pass', async (size) => {
    await work(size);
    throw new Error('something else');
  });
  await expect(failing).rejects.toThrow('something else');
  expect(tried).toEqual([64]);
});
