import type { NetworkRunnerUpsQuery, RunnerUpDetailFragment } from '@blockwise/client';

export type RunnerUp = RunnerUpDetailFragment;
type Rated = Extract<
  NonNullable<NetworkRunnerUpsQuery['node']>,
  { __typename: 'Network' }
>['candidates'][number];

/** A cell of a block with its best path, as far as it is rated. */
export interface CellOption {
  readonly index: number;
  readonly candidateCount: number;
  readonly best: { readonly loss: number } | null;
}

/** What speaks for a block as it is, in numbers. */
export interface BlockReason {
  readonly block: number;
  /** Place of its path among all of its cell. */
  readonly rank: number;
  readonly of: number;
  /** The change of one layer that keeps the bounds and loses least, or gains most. */
  readonly nearest: RunnerUp | undefined;
  /** The change of one layer that rates best of those that break a bound, where it rates better. */
  readonly forbidden: RunnerUp | undefined;
  /** The best path of the block's other cells, and by which share it rates worse than this one's. */
  readonly otherCell: { readonly cell: number; readonly relativeGap: number } | undefined;
}

/**
 * Why a block is what it is.
 *
 * @param runnerUps of the whole network
 * @param cells of this block
 */
export function reasonOf(
  { block, cell }: { readonly block: number; readonly cell: number },
  rated: Rated,
  runnerUps: readonly RunnerUp[],
  cells: readonly CellOption[],
): BlockReason {
  const own = runnerUps.filter((each) => each.block === block);
  const least = (some: readonly RunnerUp[]) =>
    some.reduce<RunnerUp | undefined>(
      (best, each) => (best === undefined || each.gap < best.gap ? each : best),
      undefined,
    );
  const forbidden = least(own.filter(({ breaks, gap }) => breaks.length > 0 && gap < 0));
  const others = cells.flatMap(({ index, best }) =>
    index === cell || best === null ? [] : [{ cell: index, loss: best.loss }],
  );
  const [otherCell] = others.sort((a, b) => a.loss - b.loss);
  return {
    block,
    rank: rated.rank,
    of: cells.find(({ index }) => index === cell)?.candidateCount ?? rated.rank,
    nearest: least(own.filter(({ breaks }) => breaks.length === 0)),
    forbidden,
    otherCell: otherCell && {
      cell: otherCell.cell,
      relativeGap: rated.loss === 0 ? 0 : (otherCell.loss - rated.loss) / rated.loss,
    },
  };
}

/** The change of every layer (`2.1`) that keeps the bounds and loses least. */
export function nearestByLayer(runnerUps: readonly RunnerUp[]): Map<string, RunnerUp> {
  const nearest = new Map<string, RunnerUp>();
  for (const each of runnerUps) {
    if (each.breaks.length > 0) continue;
    const key = `${each.block}.${each.layer}`;
    const before = nearest.get(key);
    if (before === undefined || each.gap < before.gap) nearest.set(key, each);
  }
  return nearest;
}
