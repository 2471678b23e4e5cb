import {
  type Cost,
  cellCostColumns,
  headCost,
  networkCost,
  networkCuts,
  type SearchSpace,
  type Shape,
  sizeAfter,
  type Task,
} from '@blockwise/dna';

/** Least and greatest value of each cost. */
export type CostRanges = Readonly<
  Record<keyof Cost, { readonly min: number; readonly max: number }>
>;

/** What the networks of a space cost, exactly: block by block over the widths between them. */
export function costRanges(space: SearchSpace, task: Task): CostRanges {
  const ownStem = { stem: space.stem, blocks: [] };
  const stem = networkCost({ ...ownStem, head: space.head }, task).layers;
  const stemCost = (axis: keyof Cost) =>
    stem.reduce((sum, row) => (row.part === 'stem' ? sum + row[axis] : sum), 0);
  let reached = networkCuts(ownStem, task.inputSize).map((shape) => ({
    shape,
    ranges: rangesOf((axis) => ({ min: stemCost(axis), max: stemCost(axis) })),
  }));
  for (const [block, { cells }] of space.blocks.entries()) {
    const after = new Map<string, { shape: Shape; ranges: CostRanges }>();
    for (const { shape, ranges } of reached) {
      for (const [cell, { channels, stride }] of cells.entries()) {
        const columns = cellCostColumns(space, block, cell, shape.channels, shape.size);
        const own = rangesOf((axis) => extremes(columns[axis]));
        const size = sizeAfter(shape.size, stride);
        const key = `${channels}x${size}`;
        const known = after.get(key)?.ranges;
        const whole = together(ranges, own);
        after.set(key, {
          shape: { channels, size },
          ranges: known === undefined ? whole : around(known, whole),
        });
      }
    }
    reached = [...after.values()];
  }
  return reached
    .map(({ shape, ranges }) => {
      const head = headCost(space.head, shape.channels, shape.size, task.classes);
      return together(
        ranges,
        rangesOf((axis) => ({ min: head[axis], max: head[axis] })),
      );
    })
    .reduce(around);
}

function rangesOf(range: (axis: keyof Cost) => CostRanges[keyof Cost]): CostRanges {
  return {
    params: range('params'),
    macs: range('macs'),
    flopsTool: range('flopsTool'),
    activationBytes: range('activationBytes'),
  };
}

function extremes(column: Float64Array) {
  return {
    min: column.reduce((a, b) => Math.min(a, b)),
    max: column.reduce((a, b) => Math.max(a, b)),
  };
}

/** Of both, one after the other. */
function together(a: CostRanges, b: CostRanges): CostRanges {
  return rangesOf((axis) => ({ min: a[axis].min + b[axis].min, max: a[axis].max + b[axis].max }));
}

/** Of either. */
function around(a: CostRanges, b: CostRanges): CostRanges {
  return rangesOf((axis) => ({
    min: Math.min(a[axis].min, b[axis].min),
    max: Math.max(a[axis].max, b[axis].max),
  }));
}
