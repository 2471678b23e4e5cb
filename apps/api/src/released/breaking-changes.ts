import { findBreakingChanges, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** A breaking change that is meant: the list that a release begins with is empty. */
export const listedChange = z.strictObject({
  /** What changed, in the words of this check. */
  change: z.string().min(1),
  /** Version that deprecated what is gone, or announced what is different. */
  since: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version such as 0.1.0'),
  /** Why, and what to use instead. */
  reason: z.string().min(1),
});
export type ListedChange = z.infer<typeof listedChange>;

/**
 * What keeps a schema from being released: each change that breaks clients of the released one and is
 * not listed, and each listed one that is not there. Empty when nothing does.
 */
export function judgeChanges(
  released: GraphQLSchema,
  current: GraphQLSchema,
  listed: readonly ListedChange[],
): string[] {
  const changes = [
    ...new Set(findBreakingChanges(released, current).map(({ description }) => description)),
  ].sort();
  const known = listed.map(({ change }) => change);
  return [
    ...changes
      .filter((change) => !known.includes(change))
      .map((change) => `Breaks clients of the last release: ${change}`),
    ...known
      .filter((change) => !changes.includes(change))
      .map((change) => `Listed as a breaking change, but is none: ${change}`),
    ...known
      .filter((change, i) => known.indexOf(change) !== i)
      .map((change) => `Listed twice: ${change}`),
  ];
}
