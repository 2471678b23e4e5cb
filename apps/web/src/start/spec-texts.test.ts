import { presets, searchSpec } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { fromText, toJson, toMutation, toYaml } from './spec-texts.ts';

test.each([
  ['YAML', toYaml],
  ['JSON', toJson],
])('a specification comes back from %s as it was', (_, write) => {
  const draft = presets.demo();
  expect(fromText(write(draft))).toEqual(draft);
  expect(searchSpec.safeParse(fromText(write(draft))).success).toBe(true);
});

test('what has no fields is refused', () => {
  expect(() => fromText('just words')).toThrow('fields');
  expect(() => fromText('a: [1')).toThrow();
});

test('the mutation has the form of the API', () => {
  const text = toMutation(presets.demo());
  expect(text).toContain('startSearch(input: $input)');
  expect(
    JSON.parse(text.slice(text.indexOf('# variables') + 11)).input.spec.teacher,
  ).toHaveProperty('train');
});
