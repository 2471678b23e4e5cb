import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  type OrderKey,
  type Page,
  type PageRequest,
  toPage,
} from './page.ts';
import { isUuid } from './uuid.ts';

export type Direction = 'ASC' | 'DESC';

interface OrderedValue {
  readonly value: Prisma.Sql;
  readonly type: 'time' | 'text' | 'number';
}

/** A value that a list goes by, as SQL over the tables that it is read from. */
export interface Order extends OrderedValue {
  /** Rows without a value come last, whichever way the list goes. */
  readonly isNullable?: true;
  /** What equals go by before their ids, in the same direction. Of a value that is never null, nor are these. */
  readonly equals?: readonly OrderedValue[];
  /** Which way the ids of equals go; the same as the value if not given. */
  readonly ids?: 'OPPOSITE';
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
  /** A UUID if not given. */
  readonly idType?: 'text';
}

/** A list of which every owner has its own part. */
export interface OwnedListOf extends ListOf {
  /** Id of a row's owner. */
  readonly owner: Prisma.Sql;
}

/**
 * One page of the ids of a list, in order. Equal values go by id.
 *
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function pageOfIds(db: Database, list: ListOf): Promise<Page<string>> {
  const { select, pageFrom } = planOf(list);
  return pageFrom(await db.prisma.$queryRaw<KeyedRow[]>(select(list.where)));
}

/**
 * For every owner the page of ids that {@link pageOfIds} would give of its part, in one statement.
 *
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function pagesOfIds(
  db: Database,
  list: OwnedListOf,
  ownerIds: readonly string[],
): Promise<Map<string, Page<string>>> {
  const { select, sortedBy, pageFrom } = planOf(list);
  const part = select(Prisma.sql`${list.owner} = owner.id AND ${list.where}`);
  const rows = await db.prisma.$queryRaw<(KeyedRow & { readonly owner: string })[]>`
    SELECT owner.id AS owner, part.*
    FROM unnest(${[...ownerIds]}::uuid[]) AS owner (id) CROSS JOIN LATERAL (${part}) AS part
    ORDER BY ${sortedBy('part')}`;
  const parts = new Map<string, KeyedRow[]>(ownerIds.map((id) => [id, []]));
  for (const row of rows) parts.get(row.owner)?.push(row);
  return new Map([...parts].map(([id, own]) => [id, pageFrom(own)]));
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

/** How many rows of a list every owner has, in one statement. */
export async function countsOf(
  db: Database,
  { from, where, owner }: Pick<OwnedListOf, 'from' | 'where' | 'owner'>,
  ownerIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.prisma.$queryRaw<{ owner: string; count: bigint }[]>`
    SELECT ${owner} AS owner, count(*) AS count FROM ${from}
    WHERE ${owner} = ANY(${[...ownerIds]}::uuid[]) AND ${where} GROUP BY ${owner}`;
  const counts = new Map(rows.map(({ owner: id, count }) => [id, Number(count)]));
  return new Map(ownerIds.map((id) => [id, counts.get(id) ?? 0]));
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

/** Inclusive. */
export interface Range {
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
}

/** Whether a number lies in a range, or null when that says nothing. */
export function within(value: Prisma.Sql, range: Range | null | undefined): Prisma.Sql | null {
  const { min = null, max = null } = range ?? {};
  if (min === null && max === null) return null;
  return allOf([
    min === null ? null : Prisma.sql`${value} >= ${min}::float8`,
    max === null ? null : Prisma.sql`${value} <= ${max}::float8`,
  ]);
}

interface KeyedRow {
  readonly id: string;
  /** The values that the list goes by. */
  readonly [key: `key${number}`]: Date | string | number | null;
}

/** How one page is selected, and what makes it of the rows. */
function planOf({ order, id, idType, from, ...list }: ListOf) {
  const first = checkFirst(list.first);
  const direction = list.direction ?? order.direction;
  const cursorName = `${list.name} ${direction}`;
  const key = decodeCursor(cursorName, list.after, isKeyOf(order, idType));
  const values = valuesOf(order);
  const side = Prisma.raw(direction);
  const idSide = Prisma.raw(idDirection(order, direction));
  const nulls = order.isNullable ? Prisma.sql`NULLS LAST` : Prisma.empty;
  const keys = values.map(({ value }, i) => Prisma.sql`${value} AS ${Prisma.raw(`key${i}`)}`);
  const by = (of: readonly Prisma.Sql[], ownId: Prisma.Sql) =>
    Prisma.sql`${Prisma.join(of.map((value) => Prisma.sql`${value} ${side} ${nulls}`))}, ${ownId} ${idSide}`;
  const behindKey = key === null ? Prisma.sql`true` : behind(order, { id, idType }, direction, key);
  return {
    select: (where: Prisma.Sql) =>
      Prisma.sql`SELECT ${id} AS id, ${Prisma.join(keys)} FROM ${from}
        WHERE ${where} AND ${behindKey}
        ORDER BY ${by(
          values.map(({ value }) => value),
          id,
        )} LIMIT ${first + 1}`,
    /** The same order for the selected rows under a name of their own. */
    sortedBy: (alias: string) =>
      by(
        values.map((_, i) => Prisma.raw(`${alias}.key${i}`)),
        Prisma.raw(`${alias}.id`),
      ),
    pageFrom: (rows: readonly KeyedRow[]): Page<string> =>
      toPage(rows, first, (row) => {
        const of = values.map((_, i) => {
          const value = row[`key${i}`] ?? null;
          return value instanceof Date ? value.toISOString() : value;
        });
        return { cursor: encodeCursor(cursorName, [...of, row.id]), node: row.id };
      }),
  };
}

function valuesOf({ value, type, equals = [] }: Order): readonly OrderedValue[] {
  return [{ value, type }, ...equals];
}

function idDirection({ ids }: Order, direction: Direction): Direction {
  if (ids === undefined) return direction;
  return direction === 'ASC' ? 'DESC' : 'ASC';
}

function behind(
  order: Order,
  { id, idType }: { readonly id: Prisma.Sql; readonly idType: ListOf['idType'] | undefined },
  direction: Direction,
  key: OrderKey,
): Prisma.Sql {
  const sign = Prisma.raw(direction === 'ASC' ? '>' : '<');
  const idSign = Prisma.raw(idDirection(order, direction) === 'ASC' ? '>' : '<');
  const last = Prisma.sql`${key.at(-1)}::${Prisma.raw(idType ?? 'uuid')}`;
  if (key[0] === null) return Prisma.sql`(${order.value} IS NULL AND ${id} ${idSign} ${last})`;
  const types = { time: 'timestamptz', text: 'text', number: 'float8' };
  const values = valuesOf(order);
  const here = Prisma.join(values.map(({ value }) => value));
  const there = Prisma.join(
    values.map(({ type }, i) => Prisma.sql`${key[i]}::${Prisma.raw(types[type])}`),
  );
  const later =
    order.ids === undefined
      ? Prisma.sql`(${here}, ${id}) ${sign} (${there}, ${last})`
      : Prisma.sql`((${here}) ${sign} (${there}) OR (${here}) = (${there}) AND ${id} ${idSign} ${last})`;
  return order.isNullable ? Prisma.sql`(${later} OR ${order.value} IS NULL)` : later;
}

function isKeyOf(order: Order, idType: ListOf['idType']) {
  const values = valuesOf(order);
  return (key: readonly unknown[]): key is OrderKey => {
    const id = key.at(-1);
    if (key.length !== values.length + 1 || typeof id !== 'string') return false;
    if (idType === 'text' ? id.includes('\0') : !isUuid(id)) return false;
    return values.every(({ type }, i) => {
      const value = key[i];
      if (value === null) return order.isNullable === true;
      if (type === 'number') return typeof value === 'number';
      if (typeof value !== 'string') return false;
      return type === 'text' ? !value.includes('\0') : !Number.isNaN(Date.parse(value));
    });
  };
}
