import { DomainError, type LatencySpec } from '@blockwise/contracts';
import { latencyItems, spaceOf, type Task } from '@blockwise/dna';
import { measureLatency } from '@blockwise/engine';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';

export interface LatencyRequest extends Task, Pick<LatencySpec, 'batch' | 'repeats'> {
  /** Search space in its grammar, or the name of a preset. */
  readonly space: string;
}

export interface LatencyResult {
  /** For one image, by what is measured and where. */
  readonly milliseconds: Record<string, number>;
}

/** Measures every layer that a network of the space can have, on this thread's engine. */
export async function latency(
  { space: text, batch, repeats, inputSize, classes }: LatencyRequest,
  { reporter, stop }: TaskContext,
): Promise<LatencyResult> {
  const space = spaceOf(text);
  const milliseconds = await measureLatency(latencyItems(space, { inputSize, classes }), {
    batch,
    repeats,
    frame: space.frame,
    onProgress: ({ done, total }) => reporter.progress(done, total, 'layers'),
    shouldStop: () => stop.read() !== null,
  }).catch((error: unknown) => {
    const stopped = error instanceof DomainError && error.code === 'CANCELLED';
    throw stopped ? new TaskStopped('The measurement was stopped.') : error;
  });
  return { milliseconds };
}
