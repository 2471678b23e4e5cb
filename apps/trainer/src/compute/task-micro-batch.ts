import type { SearchSpec } from '@blockwise/contracts';
import { MicroBatch } from '@blockwise/engine';
import type { TaskContext } from './task.ts';

/** What a specification says about memory. */
export interface MemoryUse {
  /** Images at once; null: all there are. */
  readonly microBatch: number | null;
  readonly onOutOfMemory: SearchSpec['onOutOfMemory'];
}

/** How many images a task has on the engine at once; people hear when memory did not suffice. */
export function taskMicroBatch(
  { microBatch: size, onOutOfMemory }: MemoryUse,
  { reporter }: Pick<TaskContext, 'reporter'>,
): MicroBatch {
  return new MicroBatch({ size, onOutOfMemory, onHalved: (words) => reporter.warning(words) });
}

/** As a training's state remembers it; nothing where all images fit. */
export function microBatchSums({ size }: MicroBatch): { microBatch?: number } {
  return size === null ? {} : { microBatch: size };
}
