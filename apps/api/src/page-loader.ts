import type { Database, OwnedList, OwnedPageRequest, Page } from '@blockwise/db';
import DataLoader from 'dataloader';

/** Pages inside of other objects: equal pages of one moment are read together, whoever's they are. */
export interface PageLoader<Row, Filter, Field extends string> {
  page(ownerId: string, request: OwnedPageRequest<Filter, Field>): Promise<Page<Row>>;
  count(ownerId: string, filter: Filter | undefined): Promise<number>;
  /** Forgets what was read. */
  clearAll(): void;
}

/**
 * @param onRow gets every row that is read
 */
export function pageLoader<Row, Filter, Field extends string>(
  database: Database,
  list: OwnedList<Row, Filter, Field>,
  schedule: (run: () => void) => void,
  onRow: (row: Row) => void,
): PageLoader<Row, Filter, Field> {
  const pages = ownedLoader(schedule, async (ids, request: OwnedPageRequest<Filter, Field>) => {
    const read = await list.pages(database, ids, request);
    for (const { edges } of read.values()) for (const { node } of edges) onRow(node);
    return read;
  });
  const counts = ownedLoader(schedule, (ids, filter: Filter | undefined) =>
    list.counts(database, ids, filter),
  );
  return {
    page: (ownerId, asked) => pages.load({ ownerId, asked }),
    count: (ownerId, asked) => counts.load({ ownerId, asked }),
    clearAll() {
      pages.clearAll();
      counts.clearAll();
    },
  };
}

/** Reads once for all owners of whom the same is asked; where that is refused, only they are. */
export function ownedLoader<Asked, Value>(
  schedule: (run: () => void) => void,
  read: (ownerIds: readonly string[], asked: Asked) => Promise<ReadonlyMap<string, Value>>,
) {
  type Key = { readonly ownerId: string; readonly asked: Asked };
  const wordsOf = ({ asked }: Key) => JSON.stringify(asked ?? null);
  return new DataLoader<Key, Value, string>(
    async (keys) => {
      const alike = new Map<string, { asked: Asked; ownerIds: string[] }>();
      for (const key of keys) {
        const group = alike.get(wordsOf(key)) ?? { asked: key.asked, ownerIds: [] };
        group.ownerIds.push(key.ownerId);
        alike.set(wordsOf(key), group);
      }
      const answers = new Map<string, ReadonlyMap<string, Value> | Error>();
      await Promise.all(
        [...alike].map(async ([words, { asked, ownerIds }]) => {
          answers.set(words, await read(ownerIds, asked).catch(asError));
        }),
      );
      return keys.map((key) => {
        const answer = answers.get(wordsOf(key));
        if (answer instanceof Error) return answer;
        const value = answer?.get(key.ownerId);
        // Null is an answer.
        return value === undefined ? new Error('a list forgot its owner') : value;
      });
    },
    {
      batchScheduleFn: schedule,
      cacheKeyFn: (key) => `${key.ownerId} ${wordsOf(key)}`,
    },
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
