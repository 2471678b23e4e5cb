/** All features of a search are in a folder, one file per group and cut. */
export interface StoredSource {
  readonly kind: 'stored';
  readonly folder: string;
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
}

/** Where a task finds the teacher's features of its search. */
export type FeatureSource = StoredSource | WindowSource;
