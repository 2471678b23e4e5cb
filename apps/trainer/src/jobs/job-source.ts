import type { ArtifactStore } from '@blockwise/artifacts';
import type { DatasetInfo } from '@blockwise/contracts';
import type {
  Attempt,
  CellRow,
  EntryRow,
  exportLineage,
  FeatureMapsRow,
  JobRow,
  NetworkRow,
  NormalisationChoice,
  PooledPath,
  RetrainingRow,
  SearchRow,
  StoredRating,
  TeacherOriginRow,
  TeacherRow,
} from '@blockwise/db';
import type { LatencyTable } from '@blockwise/dna';
import type { StopRequest } from '../compute/stop-signal.ts';

/**
 * Where a trainer gets jobs from, and where it writes what becomes of them: the database, or the API.
 * Neither slots nor handlers know which.
 */
export interface JobSource {
  /** What jobs read and store. */
  readonly files: JobFiles;
  /**
   * Says that the trainer is there, whether or not it has work.
   *
   * @throws DomainError UNAUTHENTICATED or FORBIDDEN when it is not welcome, now or later
   */
  introduce(state: { readonly isDiskFull: boolean }): Promise<void>;
  /** Whether an error says that the source, or the place of its files, cannot be reached. */
  isAway(error: unknown): boolean;
  /** The most urgent job that this trainer may take; null when none waits for it. */
  take(): Promise<HeldJob | null>;
  /** Resolves while jobs can be had. */
  proveReady(): Promise<unknown>;
  close(): Promise<void>;
}

export type JobFiles = Pick<ArtifactStore, 'put' | 'get'>;

/** Of an attempt what handlers work with and write. */
type Writes = Pick<
  Attempt,
  | 'progress'
  | 'appendCurves'
  | 'saveCheckpoint'
  | 'resumeFrom'
  | 'message'
  | 'recordFeatures'
  | 'completeTeacher'
  | 'completeLatency'
  | 'completeDistil'
  | 'completeRate'
  | 'completeSolve'
  | 'completeRetrain'
  | 'completeCut'
  | 'completeExport'
  | 'completeVerify'
  | 'completeMaps'
  | 'fail'
  | 'abandon'
>;

/** A job that the trainer holds: what there is to know of it, and what may be written to it. */
export interface HeldJob
  extends Writes,
    Pick<Attempt, 'attempt' | 'checkpoint' | 'earlierCheckpoint'> {
  readonly job: Pick<JobRow, 'id' | 'kind' | 'requestId' | 'traceparent'>;
  readonly search: Pick<SearchRow, 'id' | 'spec'>;
  readonly dataset: Pick<DatasetInfo, 'hash' | 'classes' | 'size' | 'mean' | 'std'> | null;
  readonly teacher: Pick<TeacherRow, 'kind' | 'architecture' | 'cuts' | 'sha256'> | null;
  /** Of distil, rate and maps jobs. */
  readonly cell: Pick<CellRow, 'block' | 'index' | 'sha256'> | null;
  /** Of retrain and cut jobs, and of export jobs unless it is a teacher. */
  readonly network: Pick<NetworkRow, 'architecture' | 'choices'> | null;
  readonly retraining: Pick<RetrainingRow, 'seed' | 'training'> | null;
  /** Of latency jobs: what to measure. */
  readonly latencyTable: Pick<NonNullable<Attempt['latencyTable']>, 'spec'> | null;
  /** Of export jobs: which weights. */
  readonly export: Pick<NonNullable<Attempt['export']>, 'architecture' | 'weightsSha256'> | null;
  /** Of verify jobs: whose weights. */
  readonly entry:
    | (Pick<EntryRow, 'datasetHash'> & {
        readonly trainings: readonly Pick<
          EntryRow['trainings'][number],
          'architecture' | 'sha256'
        >[];
      })
    | null;
  readonly featureMaps: Pick<FeatureMapsRow, 'candidateIndex' | 'samples'> | null;
  readonly inputs: JobInputs;
  /** What is asked again and again while the job is held. */
  readonly watches: readonly Watch[];
}

/** What some kinds of jobs need to know besides; asked for when it is needed. */
export interface JobInputs {
  normalisation(): Promise<NormalisationChoice>;
  /** Of the teacher job; null when what it is to begin as is not there. */
  origin(): Promise<TeacherOriginRow | null>;
  /** All cells of the search, by block. */
  cells(): Promise<readonly InputCell[]>;
  /** The best paths of the blocks before the cell's, block by block, best first. */
  pools(): Promise<readonly (readonly InputPath[])[]>;
  /** Of the solve job: losses of all cells. */
  ratings(): Promise<readonly Pick<StoredRating, 'block' | 'cell' | 'losses'>[]>;
  /** Of the solve job: the search's own table; null where it is not measured. */
  latency(): Promise<LatencyTable | null>;
  /** Of the export job: where the weights come from. */
  lineage(): Promise<NonNullable<Awaited<ReturnType<typeof exportLineage>>>>;
}

export type InputCell = Pick<CellRow, 'block' | 'index' | 'sha256'>;
export type InputPath = Pick<PooledPath, 'cell' | 'index'>;

/** A question of a trainer about the job that it holds. */
export interface Watch {
  readonly what: string;
  readonly everyMilliseconds: number;
  /** What the trainer is to do; null: go on. */
  ask(): Promise<StopRequest | null>;
}
