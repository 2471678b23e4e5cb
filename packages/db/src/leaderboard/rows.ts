import type {
  DatasetInfo,
  EntryCost,
  EntryImport,
  EntryState,
  EntryTraining,
  LeaderboardBudget,
  LeaderboardEventKind,
  LeaderboardMetric,
  NetworkTraining,
  Visibility,
} from '@blockwise/contracts';
import type { StoredCosts } from '../rows.ts';

/** The data set that a board's networks were tested on. */
export interface BoardDataset {
  /** Of images, labels and class list. */
  readonly hash: string;
  readonly kind: DatasetInfo['kind'];
  /** Height and width, pixels. */
  readonly imageSize: number;
  readonly classes: number;
  /** Images of the test part. */
  readonly testCount: number;
}

export interface LeaderboardRow {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly description: string;
  readonly dataset: BoardDataset;
  readonly metric: LeaderboardMetric;
  /** Null: any network may enter. */
  readonly budget: LeaderboardBudget | null;
  /** By how much top-1 measured again may differ from an entry's. */
  readonly tolerance: number;
  readonly visibility: Visibility;
  readonly createdById: string | null;
  /** Whether there is a share link. */
  readonly isShared: boolean;
  /** Cursor of the newest event. */
  readonly eventCursor: number;
  readonly createdAt: Date;
}

/** What an entry shows of its network; it stays what it was when the network entered. */
export interface EntrySubject extends StoredCosts {
  readonly architecture: string;
  /** By the latency table of its search; null where there was none. */
  readonly latencyMs: number | null;
  /** Mean over its trainings, on the test part, 0..1. */
  readonly top1: number;
  /** Deviation of a sample (n − 1); null for a single training. */
  readonly top1Deviation: number | null;
  /** Null where the teacher could not be tested. */
  readonly teacherTop1: number | null;
  /** Null for networks that somebody requested. */
  readonly predictedRank: number | null;
  readonly predictedLoss: number;
  readonly training: NetworkTraining;
  /** In the order of their seeds' positions; only those that worked. */
  readonly trainings: readonly EntryTraining[];
  /** Of its search and its own trainings, the longest first. */
  readonly costs: readonly EntryCost[];
}

export interface EntryRow extends EntrySubject {
  readonly id: string;
  readonly leaderboardId: string;
  /** Whose network it is; of an imported entry, who imported it. */
  readonly teamId: string;
  readonly searchId: string | null;
  readonly networkId: string | null;
  readonly state: EntryState;
  readonly datasetHash: string;
  /** Null unless it was imported. */
  readonly imported: EntryImport | null;
  /** What the weights were worth when they were evaluated again; null until then. */
  readonly verification: EntryVerification | null;
  /** Null when it entered by itself. */
  readonly createdById: string | null;
  readonly createdAt: Date;
}

export interface EntryVerification {
  /** Mean over the trainings, 0..1. */
  readonly top1: number;
  /** Of every training, in the order of `trainings`. */
  readonly top1s: readonly number[];
  readonly at: Date;
}

export interface LeaderboardEventRow {
  readonly leaderboardId: string;
  readonly cursor: number;
  readonly kind: LeaderboardEventKind;
  /** Of LEADER_CHANGED the new leader; null when nobody leads any more. */
  readonly entryId: string | null;
  readonly top1: number | null;
  /** Of VERIFIED and REJECTED: what was measured. */
  readonly verifiedTop1: number | null;
  readonly at: Date;
}

/** A time during which an entry led its board. */
export interface LeadRow {
  /** Of the event that began it. */
  readonly cursor: number;
  /** Null while nobody led. */
  readonly entryId: string | null;
  readonly top1: number | null;
  readonly since: Date;
  /** Null for who leads now. */
  readonly until: Date | null;
}
