import type { EventDetailFragment } from '@blockwise/client';

/** Two lists of events, each newest first, as one without doubles. */
export function mergeLog(
  live: readonly EventDetailFragment[],
  past: readonly EventDetailFragment[],
  most: number,
): readonly EventDetailFragment[] {
  const known = new Map([...live, ...past].map((event) => [Number(event.cursor), event]));
  return [...known]
    .sort(([a], [b]) => b - a)
    .slice(0, most)
    .map(([, event]) => event);
}
