import type {
  AuditSpec,
  DatasetInfo,
  ExportFormat,
  Failure,
  JobState,
  LatencySpec,
  NetworkTraining,
  Phase,
  SampleSheet,
  SearchEvent,
  SearchPriority,
  SearchSpec,
  SearchState,
  TeacherSpec,
  Visibility,
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
  readonly visibility: Visibility;
  /** Null for searches from before there were accounts. */
  readonly createdById: string | null;
  readonly name: string;
  readonly tags: readonly string[];
  /** The saved space that its own was taken from. */
  readonly searchSpaceId: string | null;
  readonly state: SearchState;
  readonly priority: SearchPriority;
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

/** The data set of a search, as its teacher job read it. */
export interface DatasetRow extends DatasetInfo {
  readonly searchId: string;
  /** Null: as the search's. */
  readonly visibility: Visibility | null;
  /** Null for data sets from before there were any. */
  readonly samples: StoredSamples | null;
}

/** A stored sheet of test images. */
export interface StoredSamples extends SampleSheet {
  readonly sha256: string;
}

/** Where a teacher came from. One that was taken over from another search has the kind it had there. */
export type TeacherKind = Exclude<TeacherSpec['kind'], 'search'>;

export interface TeacherRow {
  readonly searchId: string;
  /** Null: as the search's. */
  readonly visibility: Visibility | null;
  readonly kind: TeacherKind;
  /** In the grammar; of a LayersModel the name of the model. */
  readonly architecture: string;
  readonly params: number;
  /** Null for a LayersModel, whose layers are not counted. */
  readonly macs: number | null;
  /** On the test part, 0..1; null when its classes are not the data's, so that it cannot be tested. */
  readonly top1: number | null;
  /** Images that `top1` was measured on; 0 when it was not. */
  readonly testCount: number;
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
  /** Of retrain, cut and verify jobs, and of export jobs unless it is a teacher. */
  readonly networkId: string | null;
  /** Of retrain jobs. */
  readonly retrainingId: string | null;
  /** Of latency jobs. */
  readonly latencyTableId: string | null;
  /** Of export jobs. */
  readonly exportId: string | null;
  /** Of verify jobs. */
  readonly entryId: string | null;
  /** Of maps jobs. */
  readonly featureMapsId: string | null;
  readonly state: JobState;
  readonly attempt: number;
  /** Attempts used up by lost trainers and faults. */
  readonly retries: number;
  /** Of the request that asked for it, for logs. */
  readonly requestId: string | null;
  /** Where its attempts belong in a trace, as the W3C writes it. */
  readonly traceparent: string | null;
  readonly progress: Progress;
  /** The newest. */
  readonly checkpoint: Checkpoint | null;
  /** The one before, which serves when the newest is damaged. */
  readonly earlierCheckpoint: Checkpoint | null;
  readonly failure: Failure | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** What the cache of teacher features did for an attempt. */
export interface FeatureUse {
  /** Images whose features were read from it. */
  readonly hits: number;
  /** Images that the teacher was run on, for this attempt or for others. */
  readonly misses: number;
  readonly bytesRead: number;
  /** Spent running the teacher. */
  readonly seconds: number;
  /**
   * What running the teacher for every image that was read would have taken, less what was spent:
   * below 0 where an attempt fills the cache for others. Null while that cost is not known.
   */
  readonly savedSeconds: number | null;
}

export interface RunRow {
  readonly jobId: string;
  readonly attempt: number;
  readonly trainerId: string;
  readonly trainerName: string;
  readonly engine: string;
  readonly device: string;
  /** Whether that is a GPU. */
  readonly onGpu: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly state: JobState;
  readonly resumedFromStep: number | null;
  readonly failure: Failure | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Null when it needed no features. */
  readonly featureUse: FeatureUse | null;
}

/** `params`: learnable numbers; `macs`, `flopsTool`: per image. As in `Cost` of the dna package. */
export interface CountValues {
  readonly params: number;
  readonly macs: number;
  readonly flopsTool: number;
}

/** As `Cost` of the dna package. */
export interface CostValues extends CountValues {
  /** Of all feature maps of one image. */
  readonly activationBytes: number;
}

/** Costs in a row; `activationBytes` is null in rows from before it was counted. */
export interface StoredCosts extends CountValues {
  readonly activationBytes: number | null;
}

export interface CandidateRow extends StoredCosts {
  readonly cellId: string;
  /** Position in the lexicographic order of paths. */
  readonly index: number;
  readonly path: string;
  readonly loss: number;
  /** Half width of the loss's 95% interval over the rating's batches; null where there is none. */
  readonly error: number | null;
  /** KL(teacher ‖ teacher with this path in place of the block), where the rating measured it. */
  readonly kl: number | null;
  /** Of the teacher with this path in place of the block, on the rating images, 0..1. */
  readonly top1: number | null;
  /** From 1, the best, within the cell. */
  readonly rank: number;
}

/** `SOLVED` by the search itself, drawn for an `AUDIT`, or trained because somebody `REQUESTED` it. */
export type NetworkOrigin = 'SOLVED' | 'AUDIT' | 'REQUESTED';

/** A network's weights cut out of the supernets. */
export interface CutRow {
  readonly sha256: string;
  /** With the teacher's widths between blocks. */
  readonly architecture: string;
  /** On the test part, 0..1; null when it was not tested. */
  readonly top1: number | null;
}

export interface NetworkRow extends StoredCosts {
  readonly id: string;
  readonly searchId: string;
  /** Null: as the search's. */
  readonly visibility: Visibility | null;
  readonly origin: NetworkOrigin;
  /** Of AUDIT networks. */
  readonly auditId: string | null;
  /** Of SOLVED networks: from 1, the best by predicted loss. */
  readonly rank: number | null;
  readonly architecture: string;
  readonly choices: readonly BlockChoice[];
  readonly loss: number;
  /** Where there was a measured table. */
  readonly latencyMs: number | null;
  /** Mean over its trainings, on the test part, 0..1; null until all of them have ended. */
  readonly top1: number | null;
  /** Deviation of a sample (n − 1); null for a single training. */
  readonly top1Deviation: number | null;
  /** Weights of the first training that worked. */
  readonly sha256: string | null;
  readonly testedAt: Date | null;
  readonly cut: CutRow | null;
  readonly createdAt: Date;
}

/** One training of a network: it has as many as there are seeds. */
export interface RetrainingRow {
  readonly id: string;
  readonly networkId: string;
  /** From 0, among the network's trainings. */
  readonly position: number;
  readonly seed: number;
  readonly training: NetworkTraining;
  /** What was trained; null until then. */
  readonly trained: TrainedRow | null;
}

export interface TrainedRow extends StoredCosts {
  /** As trained: with weights from the supernets it has the teacher's widths between blocks. */
  readonly architecture: string;
  /** On the test part, 0..1. */
  readonly top1: number;
  readonly sha256: string;
  readonly testedAt: Date;
}

/** What the teacher and a path make of samples of the data set, or the order to make it. */
export interface FeatureMapsRow {
  readonly id: string;
  readonly searchId: string;
  readonly cellId: string;
  /** Position of the path in the lexicographic order. */
  readonly candidateIndex: number;
  readonly path: string;
  /** Numbers of samples, from 0. */
  readonly samples: readonly number[];
  /** Null until made. */
  readonly made: MadeFeatureMaps | null;
  readonly createdAt: Date;
}

export interface MadeFeatureMaps {
  /** Little-endian float32: the teacher's maps, then the path's, each [samples, size, size, channels]. */
  readonly sha256: string;
  /** Of these images, by the measure of the rating. */
  readonly loss: number;
  /** Mean of the squared differences. */
  readonly mse: number;
  readonly madeAt: Date;
}

/** Latencies of the space's layers on one device, or the order to measure them. */
export interface LatencyTableRow {
  readonly id: string;
  readonly searchId: string;
  readonly spec: LatencySpec;
  /** Null until measured. */
  readonly measured: MeasuredLatency | null;
  readonly createdAt: Date;
}

/** As `LatencyTable` of the dna package. */
export interface MeasuredLatency {
  readonly engine: string;
  readonly device: string;
  readonly batch: number;
  /** For one image, by `latencyKey` of the dna package. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly measuredAt: Date;
}

/** A ranking audit: networks drawn from the space and trained, to compare with the prediction. */
export interface AuditRow {
  readonly id: string;
  readonly searchId: string;
  readonly name: string;
  readonly spec: AuditSpec;
  readonly state: JobState;
  readonly failure: Failure | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Which weights: those of a training, those cut out of the supernets, or the teacher's. */
export type ExportSource = 'TRAINED' | 'CUT' | 'TEACHER';

/** Weights as files of every format, or the order to make them. */
export interface ExportRow {
  readonly id: string;
  readonly searchId: string;
  readonly source: ExportSource;
  /** Null where it is the search's teacher. */
  readonly networkId: string | null;
  /** Of TRAINED weights. */
  readonly retrainingId: string | null;
  readonly weightsSha256: string;
  /** The network that the weights fit. */
  readonly architecture: string;
  /** Empty until they are made. */
  readonly files: readonly ExportFileRow[];
  readonly createdAt: Date;
}

/** The archive of one format. */
export interface ExportFileRow {
  readonly format: ExportFormat;
  readonly sha256: string;
  readonly bytes: number;
}

export interface EventRow {
  readonly searchId: string;
  readonly cursor: number;
  readonly at: Date;
  readonly event: SearchEvent;
}

export interface TrainerRow {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly device: string;
  /** Jobs that it can have under way at once. */
  readonly slots: number;
  /** When it said first that it lives. */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** Takes no new job. */
  readonly isDraining: boolean;
  /** Takes no new job until there is room on its disk. */
  readonly isDiskFull: boolean;
}
