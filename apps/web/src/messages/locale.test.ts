import { expect, test } from 'vitest';
import { pickLocale } from './locale.ts';

test.each([
  [undefined, null, 'en'],
  [undefined, 'ja,en;q=0.8', 'ja'],
  [undefined, 'fr-CH, ja-JP;q=0.9, en;q=0.8', 'ja'],
  ['en', 'ja', 'en'],
  ['tlh', 'ja', 'ja'],
  [undefined, 'fr', 'en'],
])('chosen %s, asked for %s: %s', (chosen, header, expected) => {
  expect(pickLocale(chosen, header)).toBe(expected);
});
