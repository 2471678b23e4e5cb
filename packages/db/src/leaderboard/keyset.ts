export type Direction = 'ASC' | 'DESC';

type Side = 'asc' | 'desc';

/** How a list goes by a column, equals by id, and which rows come behind one of it. */
export interface Keyset<Value> {
  readonly columns: { [column: string]: Side }[];
  after(value: Value, id: string): { OR: { [column: string]: unknown }[] };
}

/**
 * @param ids in which direction equals go while the column ascends
 */
export function keyset<Value>(
  column: string,
  direction: Direction,
  ids: Direction = 'ASC',
): Keyset<Value> {
  const side = direction === 'ASC' ? 'asc' : 'desc';
  const idSide = (direction === 'ASC') === (ids === 'ASC') ? 'asc' : 'desc';
  const behind = (of: Side, value: unknown) => (of === 'asc' ? { gt: value } : { lt: value });
  return {
    columns: [{ [column]: side }, { id: idSide }],
    after: (value, id) => ({
      OR: [{ [column]: behind(side, value) }, { [column]: value, id: behind(idSide, id) }],
    }),
  };
}
