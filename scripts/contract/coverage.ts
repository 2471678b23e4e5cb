import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import type { Operation } from './operation.ts';
import type { PagedField } from './paging.ts';
import { readRootFields } from './schema.ts';

/** The suite knows everything that the server can do, and nothing that it cannot. */
export function coverage(
  operations: readonly Operation[],
  paged: readonly PagedField[],
): readonly Case[] {
  return [
    {
      name: 'schema: every operation has cases, and every case an operation',
      async run({ owner }) {
        const there = (await readRootFields(owner)).map(({ name }) => name);
        assert.deepEqual(operations.map(({ name }) => String(name)).sort(), there.sort());
      },
    },
    {
      name: 'schema: every list that has pages is read to its end',
      async run({ owner }) {
        const fields = await readRootFields(owner);
        const withPages = fields.filter(
          ({ name, args }) => name.startsWith('Query.') && args.includes('after'),
        );
        // Events have a cursor of their own; live.ts reads them.
        const there = withPages
          .map(({ name }) => name)
          .filter((name) => name !== 'Query.searchEvents');
        assert.deepEqual(paged.map(({ name }) => String(name)).sort(), there.sort());
      },
    },
  ];
}
