import { DomainError } from '@blockwise/contracts';
import type { OwnedPageRequest, Page } from '@blockwise/db';
import type { ObjectRef } from '@pothos/core';
import { maxPageSize } from '../limits.ts';
import type { PageLoader } from '../page-loader.ts';
import { type ApiTypes, builder } from './builder.ts';

type Arguments = Pick<
  PothosSchemaTypes.QueryFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, object>,
  'arg'
>;

/** The paging arguments of every connection. */
export function pageArgs(t: Arguments, defaultFirst: number) {
  return {
    first: t.arg.int({
      description: `Items per page: ${defaultFirst} if not given, at most ${maxPageSize}.`,
      // What the page costs when its size is not given.
      extensions: { pageSize: defaultFirst },
    }),
    after: t.arg.string({
      description: 'Cursor of the last item seen; from the start if not given.',
    }),
  };
}

/** The page size asked for, or BAD_INPUT. */
export function pageSize(
  first: number | null | undefined,
  defaultFirst: number,
  most: number = maxPageSize,
): number {
  const size = first ?? defaultFirst;
  if (size < 1 || size > most) {
    throw new DomainError('BAD_INPUT', `first must be from 1 to ${most}, not ${size}.`, {
      path: ['first'],
    });
  }
  return size;
}

/** The connection and edge types of a node type. */
export function connectionOf<Row>(
  name: string,
  node: ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, Row>,
) {
  return builder.connectionObject(
    { type: node, name: `${name}Connection`, description: `A page of ${name} objects.` },
    { name: `${name}Edge`, description: `One ${name} of a page, with its cursor.` },
  );
}

/** A page of a service as a connection; its items are counted when the query asks for it. */
export function connection<Row>(
  { edges, hasNextPage, endCursor }: Page<Row>,
  totalCount: () => Promise<number>,
) {
  return {
    edges: [...edges],
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor,
    },
    totalCount,
  };
}

/** Which page of an object's own list is asked for, in the words of its arguments. */
interface OwnedPageAsked<Filter, Field extends string>
  extends Pick<OwnedPageRequest<Filter, Field>, 'filter' | 'orderBy' | 'after'> {
  readonly first?: number | null | undefined;
}

/** A page of an object's own list, read together with those of its neighbours. */
export async function ownedConnection<Row, Filter, Field extends string, Shown = Row>(
  pages: PageLoader<Row, Filter, Field>,
  ownerId: string,
  { filter, orderBy, first, after }: OwnedPageAsked<Filter, Field>,
  defaultFirst: number,
  show: (row: Row) => Row | Shown = (row) => row,
) {
  const page = await pages.page(ownerId, {
    ...{ filter, orderBy, after, first: pageSize(first, defaultFirst) },
  });
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: show(node) }));
  return connection({ ...page, edges }, () => pages.count(ownerId, filter));
}
