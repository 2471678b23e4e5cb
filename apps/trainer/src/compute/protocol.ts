import type { EngineName, ErrorCode, ErrorPath } from '@blockwise/contracts';
import type { FeatureUse } from '@blockwise/db';
import type { Engine, EngineOptions } from '@blockwise/engine';
import type { ImageAnswer, ImageCall } from './image-client.ts';
import type { CurveColumn, TaskProgress } from './reporter.ts';
import type { DataRequest } from './search-data.ts';
import type { ImageCounts } from './tasks/count-images.ts';
import type { CutTaskRequest, CutTaskResult } from './tasks/cut.ts';
import type { DistilRequest, DistilResult } from './tasks/distil.ts';
import type { ExportRequest, ExportResult } from './tasks/export.ts';
import type { FeatureChunkRequest, FeatureChunkResult } from './tasks/feature-chunk.ts';
import type { FeatureMapsRequest, FeatureMapsResult } from './tasks/feature-maps.ts';
import type { LatencyRequest, LatencyResult } from './tasks/latency.ts';
import type { RateRequest, RateResult } from './tasks/rate.ts';
import type { RetrainRequest, RetrainResult } from './tasks/retrain.ts';
import type { SolveRequest, SolveResult } from './tasks/solve.ts';
import type { TeacherTaskRequest, TeacherTaskResult } from './tasks/teacher.ts';
import type { VerifyRequest, VerifyResult } from './tasks/verify.ts';
import type { WindowAnswer, WindowCall } from './window-client.ts';

/** What a compute thread can do. Requests and results are structured-cloned between threads. */
interface ComputeTasks {
  countImages: { request: DataRequest; result: ImageCounts };
  teacher: { request: TeacherTaskRequest; result: TeacherTaskResult };
  latency: { request: LatencyRequest; result: LatencyResult };
  featureChunk: { request: FeatureChunkRequest; result: FeatureChunkResult };
  distil: { request: DistilRequest; result: DistilResult };
  rate: { request: RateRequest; result: RateResult };
  solve: { request: SolveRequest; result: SolveResult };
  retrain: { request: RetrainRequest; result: RetrainResult };
  cut: { request: CutTaskRequest; result: CutTaskResult };
  export: { request: ExportRequest; result: ExportResult };
  verify: { request: VerifyRequest; result: VerifyResult };
  featureMaps: { request: FeatureMapsRequest; result: FeatureMapsResult };
}
export type TaskName = keyof ComputeTasks;
export type TaskRequest<N extends TaskName> = ComputeTasks[N]['request'];
export type TaskResult<N extends TaskName> = ComputeTasks[N]['result'];

/** Fixed for a thread's life. */
export interface ThreadSettings {
  readonly engine: EngineName;
  readonly engineOptions?: EngineOptions;
}

/** A task that a compute thread is to run. */
export type TaskMessage = {
  readonly [N in TaskName]: {
    readonly kind: 'task';
    readonly task: N;
    readonly request: TaskRequest<N>;
    /** Memory of the task's stop signal. */
    readonly stop: SharedArrayBuffer;
  };
}[TaskName];

/** Main thread → compute thread: one task at a time, and what that task asked for. */
export type ToThread =
  | TaskMessage
  | { readonly kind: 'window'; readonly answer: WindowAnswer }
  | { readonly kind: 'images'; readonly answer: ImageAnswer };

/** Compute thread → main thread, in the order in which things happened. */
export type FromThread =
  | { readonly kind: 'ready'; readonly engine: Engine }
  | { readonly kind: 'progress'; readonly progress: TaskProgress }
  | { readonly kind: 'points'; readonly columns: CurveColumn[] }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly bytes: Uint8Array }
  | { readonly kind: 'restart'; readonly reason: string; readonly bytes: Uint8Array }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'features'; readonly use: FeatureUse }
  | { readonly kind: 'window'; readonly call: WindowCall }
  | { readonly kind: 'images'; readonly call: ImageCall }
  | { readonly kind: 'result'; readonly result: TaskResult<TaskName> }
  | { readonly kind: 'stopped' }
  /** What the task was to go on from is of no use. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'failure'; readonly failure: ThreadFailure };

/** An error as it crosses threads. Without a code it was not expected: a bug or a broken machine. */
export interface ThreadFailure {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly path: ErrorPath;
  readonly stack: string | null;
  /** The operating system's code of a failed file operation. */
  readonly systemCode: string | null;
}
