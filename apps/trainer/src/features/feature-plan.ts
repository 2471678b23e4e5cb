import { createHash } from 'node:crypto';
import type { SearchSpec } from '@blockwise/contracts';
import type { Engine } from '@blockwise/engine';
import { type FeatureGroup, groupName, variantCount } from '../compute/feature-groups.ts';
import { rowBytes } from './feature-files.ts';
import type { StoredGroup, WindowSource } from './feature-source.ts';

/** Rows `from` to `to` (exclusive) of one group. */
export interface FeatureChunk {
  readonly group: FeatureGroup;
  readonly from: number;
  readonly to: number;
}

/** All teacher features that the cells of a search read, to be stored as a whole. */
export interface FeatureSetPlan {
  readonly kind: 'set';
  /** SHA-256, hex, of everything that decides the values. */
  readonly key: string;
  readonly groups: readonly (StoredGroup & {
    readonly group: FeatureGroup;
    readonly rows: number;
    /** What each of the files takes on disk. */
    readonly bytes: readonly number[];
  })[];
  readonly chunks: readonly FeatureChunk[];
  /** Feature maps in all groups, one row per image. */
  readonly rows: number;
  /** What they take on disk. */
  readonly bytes: number;
}

export interface FeaturePlanOptions {
  readonly spec: SearchSpec;
  /** What computes the features: another version or device may round otherwise. */
  readonly engine: Pick<Engine, 'name' | 'device' | 'versions'>;
  readonly teacherSha256: string;
  readonly datasetHash: string;
  /** Whose mean and deviation images are normalised with. */
  readonly normalisation: 'data' | 'imagenet';
  /** The teacher's feature maps after each block. */
  readonly cuts: readonly { readonly channels: number; readonly size: number }[];
  readonly counts: {
    readonly fitting: number;
    readonly rating: number;
    readonly calibration: number;
  };
  /** Disk that the trainer gives to all searches. */
  readonly cacheBytes: number;
}

/** Of a chunk's feature maps, so that any teacher's chunk fits a thread's memory. */
const chunkBytes = 64 * 2 ** 20;
/** So many windows find room at once, if they can be so small. */
const leastWindows = 16;
/** Goes up when the way features are computed or laid out changes. */
const formatVersion = 3;

/** Plans where the features come from: stored as a whole where the budget allows it, else windows. */
export function planFeatures(options: FeaturePlanOptions): FeatureSetPlan | WindowSource {
  const variants = variantCount(options.spec.distil);
  // When every epoch draws anew nothing is read twice by a cell, and storing all would only be early.
  const set = variants === null ? null : planSet(options, variants);
  if (set !== null && set.bytes <= budgetOf(options)) return set;
  return planWindows(options);
}

/** The fitting images under every draw, rating and calibration images clean. */
function planSet(options: FeaturePlanOptions, variants: number): FeatureSetPlan {
  const { counts, spec } = options;
  const wanted: { group: FeatureGroup; rows: number }[] = [
    // Small and needed first by every cell.
    { group: { kind: 'calibration' }, rows: counts.calibration },
    { group: { kind: 'rating' }, rows: counts.rating },
    ...Array.from({ length: variants }, (_, variant) => ({
      group: { kind: 'train', variant } as const,
      rows: counts.fitting,
    })),
  ];
  const groups = wanted.map(({ group, rows }) => ({
    group,
    rows,
    files: options.cuts.map((_, i) => fileName(options, group, i + 1)),
    bytes: cutBytes(options).map((bytes) => rows * bytes),
  }));
  const perRow = bytesPerRow(options);
  const { microBatch } = spec.features;
  // A multiple of the teacher's batch, so that its passes are full.
  const rowsPerChunk = microBatch * Math.max(1, Math.floor(chunkBytes / perRow / microBatch));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return {
    kind: 'set',
    key: hashOf(groups.flatMap(({ files }) => files)),
    groups,
    chunks: groups.flatMap(({ group, rows: end }) =>
      Array.from({ length: Math.ceil(end / rowsPerChunk) }, (_, i) => ({
        group,
        from: i * rowsPerChunk,
        to: Math.min(end, (i + 1) * rowsPerChunk),
      })),
    ),
    rows,
    bytes: rows * perRow,
  };
}

/**
 * Windows of whole batches, so long as the search's own budget allows: whatever room a cell finds,
 * it shares windows with the others.
 */
export function planWindows(options: FeaturePlanOptions): WindowSource {
  const { spec, counts } = options;
  const budgetBytes = budgetOf(options);
  const batch = Math.min(spec.distil.batch, counts.fitting);
  const wanted = Math.min(chunkBytes, budgetBytes / leastWindows);
  const rows = batch * Math.max(1, Math.floor(wanted / bytesPerRow(options) / batch));
  const { ratingPerClass, rating, seed, distil } = spec;
  const order = [seed, ratingPerClass, rating.calibrationImages, batch, rows];
  const draws = [distil.augment, variantCount(distil)];
  return {
    kind: 'windows',
    key: hashOf([...identityOf(options), order, draws]),
    rows,
    budgetBytes,
    dtype: spec.features.dtype,
  };
}

/** Disk for one search. */
function budgetOf({ spec, cacheBytes }: FeaturePlanOptions): number {
  return Math.min(spec.features.cacheMegabytes * 1e6, cacheBytes);
}

/** At all cut points. */
function bytesPerRow(options: FeaturePlanOptions): number {
  return cutBytes(options).reduce((sum, bytes) => sum + bytes, 0);
}

/** Of a row at each cut point. */
function cutBytes({ cuts, spec }: FeaturePlanOptions): number[] {
  const { dtype } = spec.features;
  return cuts.map(({ channels, size }) => rowBytes({ length: channels * size * size, dtype }));
}

/** Of a group's features at one cut point, whichever searches read them. */
function fileName(options: FeaturePlanOptions, group: FeatureGroup, cut: number): string {
  return hashOf([...identityOf(options), imagesOf(options.spec, group), cut]);
}

/** What decides a row beside its image. */
function identityOf(options: FeaturePlanOptions): unknown[] {
  const { spec, engine, teacherSha256, datasetHash, normalisation } = options;
  const { dtype, microBatch } = spec.features;
  const versions = Object.entries(engine.versions).sort();
  return [
    ...[formatVersion, engine.name, engine.device, versions, teacherSha256, datasetHash],
    ...[normalisation, dtype, microBatch],
  ];
}

/** Which images a group has, in which order and under which draw. */
function imagesOf({ seed, ratingPerClass, rating, distil }: SearchSpec, group: FeatureGroup) {
  switch (group.kind) {
    case 'train': {
      const draw = distil.augment === 'none' ? null : group.variant;
      return ['train', seed, ratingPerClass, distil.augment, draw];
    }
    case 'rating':
      return ['rating', seed, ratingPerClass];
    case 'calibration':
      return ['calibration', seed, ratingPerClass, rating.calibrationImages];
    default:
      return unknownGroup(group);
  }
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function unknownGroup(group: never): never {
  throw new Error(`there is no group ${JSON.stringify(group)}`);
}

/** A chunk's name. */
export function chunkName({ group, from, to }: FeatureChunk): string {
  return `${groupName(group)} ${from}-${to}`;
}
