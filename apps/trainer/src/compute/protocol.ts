import type { ErrorCode, ErrorPath } from '@blockwise/contracts';
import type { Engine, EngineName } from '@blockwise/engine';
import type { CurveColumn, TaskProgress } from './reporter.ts';
import type { DataRequest } from './search-data.ts';
import type { ImageCounts } from './tasks/count-images.ts';
import type { DistilRequest, DistilResult } from './tasks/distil.ts';
import type { FeatureChunkRequest, FeatureChunkResult } from './tasks/feature-chunk.ts';
import type { RateRequest, RateResult } from './tasks/rate.ts';
import type { RetrainRequest, RetrainResult } from './tasks/retrain.ts';
import type { SolveRequest, SolveResult } from './tasks/solve.ts';
import type { TeacherTestRequest, TeacherTestResult } from './tasks/teacher-test.ts';
import type { TeacherTrainRequest, TeacherTrainResult } from './tasks/teacher-train.ts';

/** What a compute thread can do. Requests and results are structured-cloned between threads. */
interface ComputeTasks {
  countImages: { request: DataRequest; result: ImageCounts };
  teacherTrain: { request: TeacherTrainRequest; result: TeacherTrainResult };
  teacherTest: { request: TeacherTestRequest; result: TeacherTestResult };
  featureChunk: { request: FeatureChunkRequest; result: FeatureChunkResult };
  distil: { request: DistilRequest; result: DistilResult };
  rate: { request: RateRequest; result: RateResult };
  solve: { request: SolveRequest; result: SolveResult };
  retrain: { request: RetrainRequest; result: RetrainResult };
}
export type TaskName = keyof ComputeTasks;
export type TaskRequest<N extends TaskName> = ComputeTasks[N]['request'];
export type TaskResult<N extends TaskName> = ComputeTasks[N]['result'];

/** Fixed for a thread's life. */
export interface ThreadSettings {
  readonly engine: EngineName;
  /** Decoded data sets are kept here. */
  readonly cacheFolder: string;
}

/** Main thread → compute thread: one task at a time. */
export type ToThread = {
  readonly [N in TaskName]: {
    readonly task: N;
    readonly request: TaskRequest<N>;
    /** Memory of the task's stop signal. */
    readonly stop: SharedArrayBuffer;
  };
}[TaskName];

/** Compute thread → main thread, in the order in which things happened. */
export type FromThread =
  | { readonly kind: 'ready'; readonly engine: Engine }
  | { readonly kind: 'progress'; readonly progress: TaskProgress }
  | { readonly kind: 'points'; readonly columns: CurveColumn[] }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly bytes: Uint8Array }
  | { readonly kind: 'result'; readonly result: TaskResult<TaskName> }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failure'; readonly failure: ThreadFailure };

/** An error as it crosses threads. Without a code it was not expected: a bug or a broken machine. */
export interface ThreadFailure {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly path: ErrorPath;
  readonly stack: string | null;
}
