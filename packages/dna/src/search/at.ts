/** The item at a position that is known to exist. */
export function at<T>(items: ArrayLike<T>, position: number): T {
  const item = items[position];
  if (item === undefined) {
    throw new Error(`nothing at position ${position} of ${items.length}`);
  }
  return item;
}
