import { expect, test } from 'vitest';
import { BatchMemories } from './batch-memories.ts';

function listened(mostFreeBytes = 1000) {
  const known = new Set<SharedArrayBuffer>();
  const memories = new BatchMemories(
    mostFreeBytes,
    (memory) => known.add(memory),
    (memory) => known.delete(memory),
  );
  return { known, memories };
}

test('a memory serves again once it was given back, and smaller batches too', () => {
  const { known, memories } = listened();
  const first = memories.take(100);
  const second = memories.take(100);
  expect(second).not.toBe(first);
  memories.giveBack(first);
  expect(memories.take(60)).toBe(first);
  expect([...known]).toEqual([first, second]);
  expect(memories.count).toBe(2);
});

test('one that is too small is given up for a larger one', () => {
  const { known, memories } = listened();
  const small = memories.take(100);
  const other = memories.take(100);
  memories.giveBack(small);
  const large = memories.take(101);
  expect(large.byteLength).toBe(101);
  expect([...known]).toEqual([other, large]);
  expect(memories.count).toBe(2);
});

test('no more is kept for later than is allowed, but one', () => {
  for (const [mostFreeBytes, kept] of [
    [250, 2],
    [0, 1],
  ] as const) {
    const { known, memories } = listened(mostFreeBytes);
    const taken = [memories.take(100), memories.take(100), memories.take(100)];
    for (const memory of taken) memories.giveBack(memory);
    expect([...known]).toEqual(taken.slice(0, kept));
    expect(memories.count).toBe(kept);
  }
});
