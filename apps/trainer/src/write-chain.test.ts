import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WriteChain } from './write-chain.ts';

test('writes keep their order however long each takes', async () => {
  const written: number[] = [];
  const chain = new WriteChain(() => undefined);
  for (const delay of [15, 0, 5]) {
    chain.push(async () => {
      await setTimeout(delay);
      written.push(delay);
    });
  }
  await chain.drained();
  expect(written).toEqual([15, 0, 5]);
});

test('after a failure nothing is written, and the first failure is the one that is told', async () => {
  const written: number[] = [];
  let told = 0;
  const chain = new WriteChain(() => {
    told += 1;
  });
  chain.push(() => Promise.reject(new Error('first')));
  chain.push(() => Promise.reject(new Error('second')));
  chain.push(async () => {
    written.push(1);
  });
  await expect(chain.drained()).rejects.toThrow('first');
  expect(written).toEqual([]);
  expect(told).toBe(1);
});
