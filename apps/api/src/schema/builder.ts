import { DomainError } from '@blockwise/contracts';
import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from '../context.ts';
import { maxNodes } from '../limits.ts';
import { decodeGlobalId, encodeGlobalId, type NodeName } from './global-id.ts';

/** What resolvers may hand to and get from GraphQL. */
export interface ApiTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    BigInt: { Input: bigint; Output: bigint | number };
    JSON: { Input: unknown; Output: unknown };
  };
  /** Counted only when the query asks for it. */
  Connection: { totalCount: () => Promise<number> };
}

/** The one builder; every file of this folder adds its entity to it. */
export const builder = new SchemaBuilder<ApiTypes>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    encodeGlobalID: (typename, id) => encodeGlobalId(typename as NodeName, String(id)),
    decodeGlobalID: (globalId) => decodeGlobalId(globalId),
    nodeTypeOptions: { description: 'An object that can be fetched again by its `id`.' },
    idFieldOptions: {
      description: 'Opaque and stable; unique among all objects of the server.',
    },
    nodeQueryOptions: {
      description: 'The object with this id, or null when there is none.',
      args: { id: { description: 'Id of any object, as the API gave it.' } },
    },
    nodesQueryOptions: {
      description:
        'Objects by their ids, in the same order; null where there is none. At most 100.',
      args: { ids: { description: 'Ids of any objects, as the API gave them.' } },
      resolve: (_root, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > maxNodes) {
          throw new DomainError('BAD_INPUT', `${ids.length} ids are more than ${maxNodes}.`, {
            path: ['ids'],
          });
        }
        return resolveNodes(ids);
      },
    },
    pageInfoTypeOptions: { description: 'Where a page of a connection stands.' },
    pageInfoFieldOptions: { description: 'Where the page stands.' },
    hasNextPageFieldOptions: { description: 'True when there are items after this page.' },
    hasPreviousPageFieldOptions: {
      description: 'Always false: connections are paged forward only.',
    },
    startCursorFieldOptions: { description: 'Cursor of the first item of the page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last item of the page: pass it as `after` to get the next page.',
    },
    edgesFieldOptions: {
      description: 'The items of the page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The item.', nullable: false },
    cursorFieldOptions: {
      description: 'Position of the item: pass it as `after` to go on behind it.',
    },
    nodesOnConnection: { description: 'The items of the page.' },
  },
});

builder.queryType({ description: 'Everything that reads.' });
builder.mutationType({
  description: 'Everything that changes something; each answers the entity.',
});
builder.subscriptionType({
  description: 'Live events over WebSocket (protocol graphql-transport-ws).',
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'Number of items of all pages together.',
    resolve: (connection) => connection.totalCount(),
  }),
);
