/**
 * What becomes of each page; pages that become undefined are passed over. Not a generator: one that
 * waits cannot be ended from outside.
 */
export function mapPages<Page, Mapped>(
  pages: AsyncIterableIterator<Page>,
  map: (page: Page) => Promise<Mapped | undefined>,
): AsyncIterableIterator<Mapped> {
  const iterator: AsyncIterableIterator<Mapped> = {
    async next() {
      for (;;) {
        const step = await pages.next();
        if (step.done) return { done: true, value: undefined };
        const value = await map(step.value);
        if (value !== undefined) return { done: false, value };
      }
    },
    async return() {
      await pages.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
