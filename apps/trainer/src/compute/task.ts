import type { Engine } from '@blockwise/engine';
import type { ImageOpener } from '../images/image-library.ts';
import type { FeatureTally } from './feature-tally.ts';
import type { TaskName, TaskRequest, TaskResult } from './protocol.ts';
import type { Reporter } from './reporter.ts';
import type { StopSignal } from './stop-signal.ts';
import type { WindowClient } from './window-client.ts';

/** What a task finds on its thread. */
export interface TaskContext {
  readonly engine: Engine;
  /** Data sets that the trainer's tasks share. */
  readonly images: ImageOpener;
  readonly reporter: Reporter;
  /** What the cache of features does for the task. */
  readonly tally: FeatureTally;
  /** Read between steps. */
  readonly stop: StopSignal;
  /** Features that the trainer's tasks compute for each other. */
  readonly windows: WindowClient;
}

/** A piece of computation. It keeps nothing on the engine when it ends, however it ends. */
export type ComputeTask<N extends TaskName> = (
  request: TaskRequest<N>,
  context: TaskContext,
) => Promise<TaskResult<N>>;
