import { expect, it } from 'vitest';
import { createRandom } from '../../packages/dna/src/index.ts';
import { anyValue, mutateBytes, mutateJson, mutateText } from './mutate.ts';

const draws = Array.from({ length: 300 }, (_, i) => i);

it('the same seed makes the same input', () => {
  const made = (seed: number) => {
    const random = createRandom(seed);
    return [
      mutateBytes(Uint8Array.of(1, 2, 3), random),
      mutateText('abc', random, ['def']),
      mutateJson({ a: [1, { b: 'c' }] }, random),
      anyValue(random, 3),
    ];
  };
  expect(made(1)).toEqual(made(1));
  expect(made(1)).not.toEqual(made(2));
});

it('most inputs differ from what they were made of, which stays as it was', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, i) => i);
  const value = { a: [1, 2, { b: 'text' }], c: null };
  const changed = draws.filter((i) => {
    const random = createRandom(i);
    const isChanged =
      Buffer.compare(mutateBytes(bytes, random), bytes) !== 0 &&
      JSON.stringify(mutateJson(value, random)) !== JSON.stringify(value) &&
      mutateText('some text', random, ['other']) !== 'some text';
    return isChanged;
  });
  expect(changed.length).toBeGreaterThan(200);
  expect(bytes).toEqual(Uint8Array.from({ length: 40 }, (_, i) => i));
  expect(value).toEqual({ a: [1, 2, { b: 'text' }], c: null });
});

it('a value has every place it can have changed', () => {
  const kept = { a: 0, b: 0, c: 0 };
  for (const i of draws) {
    const mutated = mutateJson({ a: 1, b: 2, c: 3 }, createRandom(i)) as Partial<typeof kept>;
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const) {
      if (mutated?.[key] !== value) kept[key] += 1;
    }
  }
  for (const count of Object.values(kept)) expect(count).toBeGreaterThan(20);
});
