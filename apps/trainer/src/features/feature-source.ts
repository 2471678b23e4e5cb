import type { FeatureType } from '@blockwise/contracts';
import type { FeatureGroup } from '../compute/feature-groups.ts';

/** The files of a group's features. */
export interface StoredGroup {
  readonly group: FeatureGroup;
  /** Names of the files, of cut 1 first. */
  readonly files: readonly string[];
}

/** All features of a search are in files of a folder, one for each group and cut. */
export interface StoredSource {
  readonly kind: 'stored';
  readonly folder: string;
  readonly groups: readonly StoredGroup[];
  readonly dtype: FeatureType;
  /** What a row took to compute; null while nobody knows. */
  readonly secondsPerRow: number | null;
}

/** They do not fit the disk: the tasks of a trainer compute them in windows for each other. */
export interface WindowSource {
  readonly kind: 'windows';
  /** SHA-256, hex, of everything that decides the values and their order. */
  readonly key: string;
  /** Rows of a window: whole batches. */
  readonly rows: number;
  /** For all windows together. */
  readonly budgetBytes: number;
  readonly dtype: FeatureType;
}

/** Where a task finds the teacher's features of its search. */
export type FeatureSource = StoredSource | WindowSource;
