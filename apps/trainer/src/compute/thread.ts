import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '@blockwise/contracts';
import { type Engine, isOutOfMemory, openEngine } from '@blockwise/engine';
import { toFailure } from './failure.ts';
import { FeatureTally } from './feature-tally.ts';
import { ImageClient } from './image-client.ts';
import type {
  FromThread,
  TaskMessage,
  TaskName,
  TaskRequest,
  TaskResult,
  ThreadSettings,
  ToThread,
} from './protocol.ts';
import { Reporter } from './reporter.ts';
import { UnreadableCheckpoint } from './resume.ts';
import { StopSignal, TaskStopped } from './stop-signal.ts';
import type { ComputeTask, TaskContext } from './task.ts';
import { countImages } from './tasks/count-images.ts';
import { cut } from './tasks/cut.ts';
import { distil } from './tasks/distil.ts';
import { exportWeights } from './tasks/export.ts';
import { featureChunk } from './tasks/feature-chunk.ts';
import { featureMaps } from './tasks/feature-maps.ts';
import { latency } from './tasks/latency.ts';
import { rate } from './tasks/rate.ts';
import { retrain } from './tasks/retrain.ts';
import { solveSearch } from './tasks/solve.ts';
import { teacher } from './tasks/teacher.ts';
import { verify } from './tasks/verify.ts';
import { WindowClient } from './window-client.ts';

const tasks: { [N in TaskName]: ComputeTask<N> } = {
  countImages,
  teacher,
  latency,
  featureChunk,
  distil,
  rate,
  solve: solveSearch,
  retrain,
  cut,
  export: exportWeights,
  verify,
  featureMaps,
};

if (!parentPort) throw new Error('this file is the body of a compute thread');
const port = parentPort;
const settings = workerData as ThreadSettings;

function post(message: FromThread, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function runTask<N extends TaskName>(
  task: N,
  request: TaskRequest<N>,
  context: TaskContext,
): Promise<TaskResult<N>> {
  return tasks[task](request, context);
}

/** Of the running task. */
let windows: WindowClient | null = null;
let images: ImageClient | null = null;

async function serve(engine: Engine, message: TaskMessage): Promise<void> {
  const { task, request } = message;
  const reporter = new Reporter(post);
  const stop = new StopSignal(message.stop);
  windows = new WindowClient((call) => post({ kind: 'window', call }), stop);
  images = new ImageClient((call) => post({ kind: 'images', call }), stop);
  const tally = new FeatureTally();
  const context = { engine, images, reporter, tally, stop, windows };
  const end = () => {
    reporter.flush();
    if (tally.use !== null) post({ kind: 'features', use: tally.use });
  };
  try {
    const result = await runTask(task, request, context);
    end();
    post({ kind: 'result', result });
  } catch (error) {
    end();
    if (error instanceof TaskStopped) post({ kind: 'stopped' });
    else if (error instanceof UnreadableCheckpoint)
      post({ kind: 'unreadable', reason: error.message });
    else post({ kind: 'failure', failure: toFailure(withTask(error, task)) });
  }
}

/** Memory may fail anywhere; where no shapes are known the task is named. */
function withTask(error: unknown, task: TaskName): unknown {
  if (error instanceof DomainError || !isOutOfMemory(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The task ${task} needs more memory than the engine has (${reason}).`;
  return new DomainError('OUT_OF_MEMORY', message, { cause: error });
}

try {
  const engine = await openEngine(settings.engine, settings.engineOptions);
  port.on('message', (message: ToThread) => {
    if (message.kind === 'window') windows?.answer(message.answer);
    else if (message.kind === 'images') images?.answer(message.answer);
    else void serve(engine, message);
  });
  post({ kind: 'ready', engine });
} catch (error) {
  post({ kind: 'failure', failure: toFailure(error) });
}
