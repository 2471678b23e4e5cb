import { networkCuts, type Shape, type Task } from './network-cost.ts';
import type { SearchSpace } from './types.ts';
import { sizeAfter } from './widths.ts';

/** The different shapes that networks of a space can have at each boundary, the stem's first. */
export function boundaryShapes(space: SearchSpace, task: Task): Shape[][] {
  const stem = networkCuts({ stem: space.stem, blocks: [] }, task.inputSize);
  const boundaries = [stem];
  for (const { cells } of space.blocks) {
    const after = new Map<string, Shape>();
    for (const { size } of boundaries.at(-1) ?? []) {
      for (const { channels, stride } of cells) {
        const shape = { channels, size: sizeAfter(size, stride) };
        after.set(`${shape.channels}x${shape.size}`, shape);
      }
    }
    boundaries.push([...after.values()]);
  }
  return boundaries;
}
