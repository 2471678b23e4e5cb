import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { loggedActions } from './logged-actions.ts';

test('every action is a mutation of the API', () => {
  const sdl = readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8');
  const mutations = buildSchema(sdl).getMutationType()?.getFields() ?? {};
  expect(loggedActions.filter((action) => !(action in mutations))).toEqual([]);
});
