import type { CellTemplate, Op, Path, SearchSpace } from './types.ts';

/** The candidate operations of a block. A block outside the space is a bug of the caller. */
export function opsOf(space: SearchSpace, block: number): readonly Op[] {
  const found = space.blocks[block];
  if (found === undefined) {
    throw new Error(`the space has no block ${block}`);
  }
  return found.ops;
}

/** The cell template at (block, cell). A position outside the space is a bug of the caller. */
export function cellAt(space: SearchSpace, block: number, cell: number): CellTemplate {
  const template = space.blocks[block]?.cells[cell];
  if (template === undefined) {
    throw new Error(`the space has no cell ${cell} in block ${block}`);
  }
  return template;
}

/** How many paths a cell has: operations of its block to the power of its layers. */
export function pathCount(space: SearchSpace, block: number, cell: number): number {
  return opsOf(space, block).length ** cellAt(space, block, cell).layers;
}

/** The path at `index` of the lexicographic order, the last layer counting fastest. */
export function pathFromIndex(
  space: SearchSpace,
  block: number,
  cell: number,
  index: number,
): Path {
  const count = pathCount(space, block, cell);
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new Error(`path index ${index} is not one of 0 to ${count - 1}`);
  }
  const ops = opsOf(space, block).length;
  const path: number[] = [];
  let rest = index;
  for (let layer = cellAt(space, block, cell).layers; layer > 0; layer--) {
    path.unshift(rest % ops);
    rest = Math.floor(rest / ops);
  }
  return path;
}

/** The index of a path: the inverse of `pathFromIndex`. */
export function pathToIndex(space: SearchSpace, block: number, cell: number, path: Path): number {
  const problem = pathProblem(space, block, cell, path);
  if (problem !== undefined) {
    throw new Error(problem);
  }
  return path.reduce((index, op) => index * opsOf(space, block).length + op, 0);
}

/** What keeps `path` from being a path of the cell, if anything. */
export function pathProblem(
  space: SearchSpace,
  block: number,
  cell: number,
  path: Path,
): string | undefined {
  const { layers } = cellAt(space, block, cell);
  const ops = opsOf(space, block).length;
  if (path.length !== layers) {
    return `a path of ${path.length} operations for a cell of ${layers} layers`;
  }
  const wrong = path.find((op) => !Number.isInteger(op) || op < 0 || op >= ops);
  return wrong === undefined ? undefined : `operation ${wrong} is not one of 0 to ${ops - 1}`;
}

/** One base-36 digit for each layer: `025`. */
export function printPath(path: Path): string {
  return path.map((op) => op.toString(36)).join('');
}

/** How many networks the space holds: the product over blocks of the paths of all their cells. */
export function spaceSize(space: SearchSpace): bigint {
  return space.blocks.reduce(
    (size, { ops, cells }) =>
      size * cells.reduce((paths, cell) => paths + BigInt(ops.length) ** BigInt(cell.layers), 0n),
    1n,
  );
}
