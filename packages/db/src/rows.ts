import type {
  Failure,
  JobState,
  Phase,
  SearchEvent,
  SearchSpec,
  SearchState,
} from '@blockwise/contracts';

/** The teacher's feature map at a cut: height and width in pixels, channels. */
export interface CutShape {
  readonly size: number;
  readonly channels: number;
}

/** What one block of a network was chosen to be: its cell and the op index of every layer. */
export interface BlockChoice {
  readonly cell: number;
  readonly path: readonly number[];
}

export interface SearchRow {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly state: SearchState;
  /** The earliest unfinished phase; where it stopped when FAILED or CANCELLED; null when COMPLETE. */
  readonly phase: Phase | null;
  readonly spec: SearchSpec;
  readonly seed: number;
  /** Number of networks in the space. */
  readonly spaceSize: bigint;
  /** Cursor of the newest event. */
  readonly eventCursor: number;
  readonly idempotencyKey: string | null;
  /** Engine of the first attempt; null until one began. */
  readonly engine: string | null;
  readonly failure: Failure | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TeacherRow {
  readonly searchId: string;
  readonly architecture: string;
  readonly params: number;
  readonly macs: number;
  /** On the test part, 0..1. */
  readonly top1: number;
  readonly sha256: string;
  /** From the stem's output on, one more than blocks. */
  readonly cuts: readonly CutShape[];
}

export interface CellRow {
  readonly id: string;
  readonly searchId: string;
  readonly block: number;
  /** Position among the cells of its block. */
  readonly index: number;
  readonly layers: number;
  readonly channels: number;
  readonly stride: number;
  readonly candidateCount: number;
  /** The distilled supernet's artifact; null until then. */
  readonly sha256: string | null;
  readonly finalLoss: number | null;
  readonly steps: number | null;
  readonly bestPath: string | null;
  readonly bestLoss: number | null;
  readonly ratedAt: Date | null;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly perSecond: number | null;
  readonly note: string | null;
}

export interface Checkpoint {
  readonly sha256: string;
  readonly step: number;
}

export interface JobRow {
  readonly id: string;
  readonly searchId: string;
  readonly kind: Phase;
  readonly cellId: string | null;
  readonly networkId: string | null;
  readonly state: JobState;
  readonly attempt: number;
  /** Attempts used up by lost trainers and faults. */
  readonly retries: number;
  readonly progress: Progress;
  readonly checkpoint: Checkpoint | null;
  readonly failure: Failure | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface RunRow {
  readonly jobId: string;
  readonly attempt: number;
  readonly trainerId: string;
  readonly trainerName: string;
  readonly engine: string;
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly state: JobState;
  readonly resumedFromStep: number | null;
  readonly failure: Failure | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** `params`: learnable numbers; `macs`, `flopsTool`: per image. As `Cost` of the dna package. */
export interface CostValues {
  readonly params: number;
  readonly macs: number;
  readonly flopsTool: number;
}

export interface CandidateRow extends CostValues {
  readonly cellId: string;
  /** Position in the lexicographic order of paths. */
  readonly index: number;
  readonly path: string;
  readonly loss: number;
  /** From 1, the best, within the cell. */
  readonly rank: number;
}

export interface NetworkRow extends CostValues {
  readonly id: string;
  readonly searchId: string;
  /** From 1, the best by predicted loss. */
  readonly rank: number;
  readonly architecture: string;
  readonly choices: readonly BlockChoice[];
  readonly loss: number;
  readonly seed: number;
  /** On the test part, 0..1; null until retrained. */
  readonly top1: number | null;
  readonly sha256: string | null;
  readonly testedAt: Date | null;
}

export interface EntryRow extends CostValues {
  readonly id: string;
  readonly searchId: string;
  readonly networkId: string;
  readonly datasetHash: string;
  readonly architecture: string;
  readonly top1: number;
  readonly teacherTop1: number;
  readonly predictedRank: number;
  readonly predictedLoss: number;
  readonly sha256: string;
  readonly createdAt: Date;
}

export interface EventRow {
  readonly cursor: number;
  readonly at: Date;
  readonly event: SearchEvent;
}

export interface TrainerRow {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly device: string;
  readonly lastSeen: Date;
}
