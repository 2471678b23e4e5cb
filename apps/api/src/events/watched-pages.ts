import type { Watcher } from './hub.ts';

/**
 * Pages that a generator makes while it waits at a watcher, as an iterator that can be ended from
 * outside: a generator that waits cannot, closing its watcher wakes it first. One that never began
 * would not reach its `finally` either.
 */
export function watchedPages<Page>(
  watcher: Watcher,
  pages: AsyncGenerator<Page, undefined>,
): AsyncIterableIterator<Page> {
  const iterator: AsyncIterableIterator<Page> = {
    next: () => pages.next(),
    return: () => {
      watcher.close();
      return pages.return(undefined);
    },
    throw: (error) => {
      watcher.close();
      return pages.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
