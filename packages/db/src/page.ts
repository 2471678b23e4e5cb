import { DomainError } from '@blockwise/contracts';

/** One page of a list, in the words of GraphQL connections. */
export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface PageRequest {
  /** How many at most, 1 to 1000. */
  readonly first: number;
  /** Cursor of the last edge of the page before; none for the first page. */
  readonly after?: string | null | undefined;
}

/** The values that order a row; the last one is unique, so that a page can begin after any row. */
export type OrderKey = readonly (string | number | null)[];

/** @throws DomainError BAD_INPUT, path ['first'] */
export function checkFirst(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > 1000) {
    throw new DomainError('BAD_INPUT', `first is ${first}; it must be a whole number, 1 to 1000.`, {
      path: ['first'],
    });
  }
  return first;
}

/** Opaque outside; begins with the name of the order so that it fits no other list. */
export function encodeCursor(order: string, key: OrderKey): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/**
 * The key in a cursor, null for none.
 *
 * @throws DomainError BAD_INPUT, path ['after'], when it comes from elsewhere
 */
export function decodeCursor<K extends OrderKey>(
  order: string,
  after: string | null | undefined,
  isKey: (key: readonly unknown[]) => key is K,
): K | null {
  if (after === null || after === undefined) {
    return null;
  }
  const parsed = parseJson(Buffer.from(after, 'base64url').toString());
  if (Array.isArray(parsed) && parsed[0] === order) {
    const key = parsed.slice(1);
    if (isKey(key)) {
      return key;
    }
  }
  throw new DomainError('BAD_INPUT', 'This cursor does not come from this list and order.', {
    path: ['after'],
  });
}

/** The key of lists that go by a number and a position. */
export function isPositionKey(key: readonly unknown[]): key is [value: number, index: number] {
  const [value, index] = key;
  return key.length === 2 && typeof value === 'number' && Number.isInteger(index);
}

/** A page from one row more than asked for, which says whether there is a next one. */
export function toPage<R, T>(
  rows: readonly R[],
  first: number,
  toEdge: (row: R) => { cursor: string; node: T },
): Page<T> {
  const edges = rows.slice(0, first).map(toEdge);
  return {
    edges,
    hasNextPage: rows.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}
