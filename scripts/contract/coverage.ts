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
        // The polling twin of a subscription has cursors of events; live.ts reads them.
        const subscribed = fields.map(({ name }) => name.replace('Subscription.', 'Query.'));
        const there = withPages
          .map(({ name }) => name)
          .filter((name) => subscribed.filter((other) => other === name).length === 1);
        const walked = paged.map(({ name }) => String(name)).filter((name) => /^Query/.test(name));
        assert.deepEqual(walked.sort(), there.sort());
      },
    },
  ];
}
