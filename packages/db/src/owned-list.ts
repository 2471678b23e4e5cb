import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { countsOf, type Direction, type Order, pageOfRows, pagesOfIds } from './keys.ts';
import type { Page, PageRequest } from './page.ts';

/** Which page of each owner is asked for. */
export interface OwnedPageRequest<Filter, Field extends string> extends PageRequest {
  readonly filter?: Filter | undefined;
  readonly orderBy?:
    | { readonly field: Field; readonly direction?: Direction | null | undefined }
    | null
    | undefined;
}

/** A list of which every owner has its own part: read for many owners at once, however many they are. */
export interface OwnedList<Row, Filter, Field extends string> {
  /**
   * The same page of every owner, in two statements.
   *
   * @throws DomainError BAD_INPUT, path ['first'] or ['after']
   */
  pages(
    db: Database,
    ownerIds: readonly string[],
    request: OwnedPageRequest<Filter, Field>,
  ): Promise<ReadonlyMap<string, Page<Row>>>;
  /** How many rows every owner has. */
  counts(
    db: Database,
    ownerIds: readonly string[],
    filter?: Filter,
  ): Promise<ReadonlyMap<string, number>>;
}

/** What makes a list: where it is read from, and what it can go by. */
interface OwnedListSource<Row, Filter, Field extends string> {
  /** In cursors. */
  readonly name: string;
  readonly from: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly owner: Prisma.Sql;
  readonly orders: Readonly<Record<Field, Order>>;
  /** What it goes by if nothing else is asked for. */
  readonly usual: Field;
  where(filter: Filter | undefined): Prisma.Sql;
  /** Rows by their ids, in any order. */
  read(db: Database, ids: readonly string[]): Promise<readonly Row[]>;
  idOf(row: Row): string;
}

export function ownedList<Row, Filter, Field extends string>(
  source: OwnedListSource<Row, Filter, Field>,
): OwnedList<Row, Filter, Field> {
  const { name, from, id, owner, orders, usual, where, read, idOf } = source;
  return {
    async pages(db, ownerIds, { filter, orderBy, first, after }) {
      const field = orderBy?.field ?? usual;
      const pages = await pagesOfIds(
        db,
        {
          ...{ name: `${name} ${field}`, from, id, owner, first, after },
          order: orders[field],
          direction: orderBy?.direction,
          where: where(filter),
        },
        ownerIds,
      );
      const ids = [...pages.values()].flatMap(({ edges }) => edges.map(({ node }) => node));
      const rows = ids.length === 0 ? [] : await read(db, ids);
      return new Map([...pages].map(([key, page]) => [key, pageOfRows(page, rows, idOf)]));
    },
    counts: (db, ownerIds, filter) => countsOf(db, { from, owner, where: where(filter) }, ownerIds),
  };
}

/** The page of one owner, where there is only one to read for. */
export async function pageOfOwner<Row, Filter, Field extends string>(
  db: Database,
  list: OwnedList<Row, Filter, Field>,
  ownerId: string,
  request: OwnedPageRequest<Filter, Field>,
): Promise<Page<Row>> {
  const page = (await list.pages(db, [ownerId], request)).get(ownerId);
  if (page === undefined) {
    throw new Error('an owned list forgot its owner');
  }
  return page;
}
