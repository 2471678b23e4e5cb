import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from './page.ts';
import { isUuid } from './uuid.ts';

export type Direction = 'ASC' | 'DESC';

/** A value that a list goes by, as SQL over the tables that it is read from. */
export interface Order {
  readonly value: Prisma.Sql;
  readonly type: 'time' | 'text' | 'number';
  /** Rows without a value come last, whichever way the list goes. */
  readonly isNullable?: true;
  /** Where a request says none. */
  readonly direction: Direction;
}

export interface ListOf extends PageRequest {
  /** Names list and order in cursors. */
  readonly name: string;
  readonly order: Order;
  readonly direction?: Direction | null | undefined;
  /** FROM with its joins. */
  readonly from: Prisma.Sql;
  readonly where: Prisma.Sql;
  /** Unique among the rows. */
  readonly id: Prisma.Sql;
}

/**
 * One page of the ids of a list, in order. Equal values go by id, in the same direction.
 *
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function pageOfIds(db: Database, list: ListOf): Promise<Page<string>> {
  const first = checkFirst(list.first);
  const direction = list.direction ?? list.order.direction;
  const cursorName = `${list.name} ${direction}`;
  const key = decodeCursor(cursorName, list.after, isKeyOf(list.order));
  const side = Prisma.raw(direction);
  const nulls = list.order.isNullable ? Prisma.sql`NULLS LAST` : Prisma.empty;
  const rows = await db.prisma.$queryRaw<{ id: string; key: Date | string | number | null }[]>`
    SELECT ${list.id} AS id, ${list.order.value} AS key
    FROM ${list.from}
    WHERE ${list.where} AND ${key === null ? Prisma.sql`true` : behind(list, direction, key)}
    ORDER BY ${list.order.value} ${side} ${nulls}, ${list.id} ${side}
    LIMIT ${first + 1}`;
  const edges = rows.slice(0, first).map(({ id, key: value }) => ({
    cursor: encodeCursor(cursorName, [value instanceof Date ? value.toISOString() : value, id]),
    node: id,
  }));
  return { edges, hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null };
}

/** How many rows a list has. */
export async function countOf(
  db: Database,
  { from, where }: Pick<ListOf, 'from' | 'where'>,
): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM ${from} WHERE ${where}`;
  return Number(row?.count ?? 0);
}

/** A page of ids as a page of rows; those that have gone meanwhile are left out. */
export function pageOfRows<Row>(
  page: Page<string>,
  rows: readonly Row[],
  idOf: (row: Row) => string,
): Page<Row> {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const edges = page.edges.flatMap(({ cursor, node }) => {
    const row = byId.get(node);
    return row === undefined ? [] : [{ cursor, node: row }];
  });
  return { ...page, edges };
}

/** All conditions that there are. */
export function allOf(conditions: readonly (Prisma.Sql | null)[]): Prisma.Sql {
  const there = conditions.filter((condition) => condition !== null);
  return there.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join(there, ' AND ')})`;
}

type Key = readonly [value: string | number | null, id: string];

function behind({ order, id }: ListOf, direction: Direction, [value, last]: Key): Prisma.Sql {
  const sign = Prisma.raw(direction === 'ASC' ? '>' : '<');
  if (value === null) {
    return Prisma.sql`(${order.value} IS NULL AND ${id} ${sign} ${last}::uuid)`;
  }
  const type = Prisma.raw({ time: 'timestamptz', text: 'text', number: 'float8' }[order.type]);
  const later = Prisma.sql`(${order.value}, ${id}) ${sign} (${value}::${type}, ${last}::uuid)`;
  return order.isNullable ? Prisma.sql`(${later} OR ${order.value} IS NULL)` : later;
}

function isKeyOf({ type, isNullable }: Order) {
  return (key: readonly unknown[]): key is Key => {
    const [value, id] = key;
    if (key.length !== 2 || typeof id !== 'string' || !isUuid(id)) return false;
    if (value === null) return isNullable === true;
    if (type === 'number') return typeof value === 'number';
    return typeof value === 'string' && (type === 'text' || !Number.isNaN(Date.parse(value)));
  };
}
