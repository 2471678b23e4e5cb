import type { Confusion, DatasetInfo, Failure, SampleSheet } from '@blockwise/contracts';
import type { EntryRow } from '../leaderboard/rows.ts';
import type { VerifyResult } from '../leaderboard/verify.ts';
import type {
  BlockChoice,
  CellRow,
  Checkpoint,
  CostValues,
  CutShape,
  ExportFileRow,
  ExportRow,
  FeatureMapsRow,
  FeatureUse,
  JobRow,
  LatencyTableRow,
  MeasuredLatency,
  NetworkRow,
  Progress,
  RetrainingRow,
  SearchRow,
  TeacherKind,
  TeacherRow,
} from '../rows.ts';

/** A stored artifact: content hash (hex) and size. */
export interface StoredArtifact {
  readonly sha256: string;
  readonly bytes: number;
}

/** New points of one curve; three columns of one length, steps ascending. */
export interface CurvePoints {
  readonly key: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Seconds since the Unix epoch. */
  readonly wallTimes: readonly number[];
}

export interface TeacherResult {
  readonly dataset: DatasetInfo;
  /** The stored sheet; null from trainers that draw none. */
  readonly samples: (SampleSheet & StoredArtifact) | null;
  readonly teacher: StoredArtifact & {
    readonly kind: TeacherKind;
    /** In the grammar; of a LayersModel the name of the model. */
    readonly architecture: string;
    readonly params: number;
    /** Null for a LayersModel. */
    readonly macs: number | null;
    /** On the test part, 0..1; null when it cannot be tested. */
    readonly top1: number | null;
    /** Images that `top1` was measured on; 0 when it was not. */
    readonly testCount: number;
    /** Null as top1, and from trainers that do not tell. */
    readonly confusion: Confusion | null;
    /** From the stem's output on, one more than blocks. */
    readonly cuts: readonly CutShape[];
  };
}

export type LatencyResult = Omit<MeasuredLatency, 'measuredAt'>;

export interface DistilResult extends StoredArtifact {
  readonly finalLoss: number;
  readonly steps: number;
}

/** Columns by path index; all as long as the cell has candidates. */
export interface RateResult {
  readonly losses: ArrayLike<number>;
  /** Half widths of the losses' 95% intervals; null when a single batch gives none. */
  readonly errors: ArrayLike<number> | null;
  /** Null unless candidates were put into the teacher. */
  readonly kl: ArrayLike<number> | null;
  /** On the rating images, 0..1; null as `kl`. */
  readonly top1: ArrayLike<number> | null;
  readonly costs: readonly CostValues[];
  readonly paths: readonly string[];
}

/** A network to be trained, once with every seed. */
export interface PlannedNetwork extends CostValues {
  readonly loss: number;
  readonly architecture: string;
  readonly choices: readonly BlockChoice[];
  /** Where there is a measured table. */
  readonly latencyMs: number | null;
  readonly seeds: readonly number[];
}

export interface SolveResult {
  /** Best first; each with as many seeds as the specification asks for. */
  readonly networks: readonly PlannedNetwork[];
}

export interface RetrainResult extends StoredArtifact, CostValues {
  /** As trained, in the grammar. */
  readonly architecture: string;
  /** On the test part, 0..1. */
  readonly top1: number;
  /** Null from trainers that do not tell. */
  readonly confusion: Confusion | null;
}

export interface CutResult extends StoredArtifact {
  /** With the teacher's widths between blocks. */
  readonly architecture: string;
  /** On the test part, 0..1; null when it was not tested. */
  readonly top1: number | null;
}

/** A stored file of maps, as {@link FeatureMapsRow} says, and what they differ by. */
export interface MapsResult extends StoredArtifact {
  readonly loss: number;
  readonly mse: number;
}

export type { VerifyResult };

export interface ExportResult {
  /** One of every format. */
  readonly files: readonly ExportFileRow[];
}

/** A trainer's hold on a job, with all that it needs to know of it. */
export interface Attempt extends AttemptWrites {
  readonly attempt: number;
  readonly job: JobRow;
  readonly search: SearchRow;
  /** Of distil, rate and maps jobs. */
  readonly cell: CellRow | null;
  /** Of retrain, cut and verify jobs, and of export jobs unless it is a teacher. */
  readonly network: NetworkRow | null;
  /** Of retrain jobs: how, and with which seed. */
  readonly retraining: RetrainingRow | null;
  /** Of latency jobs: what to measure. */
  readonly latencyTable: LatencyTableRow | null;
  /** Of export jobs: which weights. */
  readonly export: ExportRow | null;
  /** Of verify jobs: whose weights. */
  readonly entry: EntryRow | null;
  /** Of maps jobs: of which path, for which samples. */
  readonly featureMaps: FeatureMapsRow | null;
  /** All but the teacher job have both. */
  readonly dataset: DatasetInfo | null;
  readonly teacher: TeacherRow | null;
  /** Where an earlier attempt left off. */
  readonly checkpoint: Checkpoint | null;
  /** The checkpoint before that one, for when that one is damaged. */
  readonly earlierCheckpoint: Checkpoint | null;
}

/**
 * How an attempt stands with its job. HELD: it goes on. PAUSED: it still holds the job, whose search
 * somebody has paused: it saves a checkpoint if it can, then abandons. CANCELLED: somebody cancelled
 * it, or its search failed; there is nothing more to write.
 */
export type Standing = 'HELD' | 'PAUSED' | 'CANCELLED';

/**
 * What an attempt may write. Each method is one short transaction that writes rows, appends events
 * and notifies once. Every write names the attempt: when the job was given to another attempt in
 * the meantime it throws ATTEMPT_STALE, when it was cancelled CANCELLED, and nothing has changed.
 * The methods that end the attempt also settle the queue's job, in the same transaction.
 */
export interface AttemptWrites {
  progress(progress: Progress): Promise<void>;
  /**
   * Points at or before the last stored step of their curve are left out, so that a batch whose
   * acknowledgement was lost can be sent again.
   *
   * @throws DomainError DIVERGED for a value that is not finite
   */
  appendCurves(curves: readonly CurvePoints[]): Promise<void>;
  /** The job keeps its last two checkpoints. One at an earlier step than they have replaces those. */
  saveCheckpoint(checkpoint: Checkpoint & StoredArtifact): Promise<void>;
  /**
   * Says from where the attempt goes on. Deletes the points after `step`, which a lost attempt wrote
   * after its last checkpoint, and forgets checkpoints after it, which are of no use.
   */
  resumeFrom(step: number): Promise<void>;
  /** @throws DomainError ATTEMPT_STALE */
  standing(): Promise<Standing>;
  /** Tells the people who watch, in words. */
  message(level: 'INFO' | 'WARNING', text: string): Promise<void>;

  /** What the cache of features did so far; the last word counts. */
  recordFeatures(use: FeatureUse): Promise<void>;

  completeTeacher(result: TeacherResult): Promise<void>;
  completeLatency(result: LatencyResult): Promise<void>;
  completeDistil(result: DistilResult): Promise<void>;
  completeRate(result: RateResult): Promise<void>;
  completeSolve(result: SolveResult): Promise<void>;
  completeRetrain(result: RetrainResult): Promise<void>;
  completeCut(result: CutResult): Promise<void>;
  completeExport(result: ExportResult): Promise<void>;
  completeVerify(result: VerifyResult): Promise<void>;
  completeMaps(result: MapsResult): Promise<void>;
  /**
   * Ends the attempt as FAILED. With `retry` the job is queued again while its retries last;
   * otherwise the job and its search are FAILED and the search's other jobs CANCELLED. A search
   * that is COMPLETE stays so: what is done for it afterwards fails by itself.
   */
  fail(failure: Failure, options: { retry: boolean }): Promise<void>;
  /**
   * For an orderly shutdown: the job is queued again at once and keeps its retries. With `later` it
   * waits as for a first retry: what the trainer lacks, the next one may lack too. That of a paused
   * search waits until it is resumed.
   */
  abandon(options?: { later: boolean }): Promise<void>;
}
