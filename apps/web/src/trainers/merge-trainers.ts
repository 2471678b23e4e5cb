import type { TrainerDetailFragment } from '@blockwise/client';

interface TrainerPage {
  readonly nodes: readonly TrainerDetailFragment[];
  readonly totalCount: number;
}

/**
 * Pages of a list of trainers with what was told of some: those that are there change where they
 * stand, those that do not belong to the list any more go, new ones come at the end of what was read.
 * The view sorts.
 */
export function mergeTrainers<Page extends TrainerPage>(
  pages: readonly Page[],
  changed: readonly TrainerDetailFragment[],
  belongs: (trainer: TrainerDetailFragment) => boolean,
): Page[] {
  const newest = new Map(changed.map((trainer) => [trainer.id, trainer]));
  const known = new Set(pages.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const added = changed.filter((trainer) => !known.has(trainer.id) && belongs(trainer));
  const removed = changed.filter((trainer) => known.has(trainer.id) && !belongs(trainer));
  return pages.map((page, at) => ({
    ...page,
    totalCount: page.totalCount + added.length - removed.length,
    nodes: [
      ...page.nodes.map((each) => newest.get(each.id) ?? each).filter((each) => belongs(each)),
      ...(at === pages.length - 1 ? added : []),
    ],
  }));
}
