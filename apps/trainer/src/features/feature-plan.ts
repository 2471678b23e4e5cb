import { createHash } from 'node:crypto';
import type { SearchSpec } from '@blockwise/contracts';
import type { Engine } from '@blockwise/engine';
import { type FeatureGroup, groupName, variantCount } from '../compute/feature-groups.ts';
import { teacherBatch } from '../compute/teacher-passes.ts';
import type { WindowSource } from './feature-source.ts';

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
  readonly chunks: readonly FeatureChunk[];
  /** Feature maps in all groups, one row per image. */
  readonly rows: number;
  /** What they take on disk. */
  readonly bytes: number;
}

export interface FeaturePlanOptions {
  readonly spec: SearchSpec;
  /** What computes the features: another version may round otherwise. */
  readonly engine: Pick<Engine, 'name' | 'versions'>;
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
}

/** Of a chunk's feature maps, so that any teacher's chunk fits a thread's memory. */
const chunkBytes = 64 * 2 ** 20;
/** So many windows find room at once, if they can be so small. */
const leastWindows = 16;
/** Goes up when the way features are computed or laid out changes. */
const formatVersion = 2;

/** Plans where the features come from: stored as a whole where the budget allows it, else windows. */
export function planFeatures(options: FeaturePlanOptions): FeatureSetPlan | WindowSource {
  const budgetBytes = options.spec.features.cacheMegabytes * 1e6;
  const variants = variantCount(options.spec.distil);
  // When every epoch draws anew nothing is read twice by a cell, and storing all would only be early.
  const set = variants === null ? null : planSet(options, variants);
  if (set !== null && set.bytes <= budgetBytes) return set;
  return planWindows(options, budgetBytes);
}

/** The fitting images under every draw, rating and calibration images clean. */
function planSet(options: FeaturePlanOptions, variants: number): FeatureSetPlan {
  const { cuts, counts } = options;
  const groups: { group: FeatureGroup; rows: number }[] = [
    // Small and needed first by every cell.
    { group: { kind: 'calibration' }, rows: counts.calibration },
    { group: { kind: 'rating' }, rows: counts.rating },
    ...Array.from({ length: variants }, (_, variant) => ({
      group: { kind: 'train', variant } as const,
      rows: counts.fitting,
    })),
  ];
  const rowBytes = bytesPerRow(cuts);
  // A multiple of the teacher's batch, so that its passes are full.
  const rowsPerChunk = teacherBatch * Math.max(1, Math.floor(chunkBytes / rowBytes / teacherBatch));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return {
    kind: 'set',
    key: keyOf(options, []),
    chunks: groups.flatMap(({ group, rows: end }) =>
      Array.from({ length: Math.ceil(end / rowsPerChunk) }, (_, i) => ({
        group,
        from: i * rowsPerChunk,
        to: Math.min(end, (i + 1) * rowsPerChunk),
      })),
    ),
    rows,
    bytes: rows * rowBytes,
  };
}

function planWindows(options: FeaturePlanOptions, budgetBytes: number): WindowSource {
  const { spec, cuts, counts } = options;
  const batch = Math.min(spec.distil.batch, counts.fitting);
  const wanted = Math.min(chunkBytes, budgetBytes / leastWindows);
  const rows = batch * Math.max(1, Math.floor(wanted / bytesPerRow(cuts) / batch));
  return { kind: 'windows', key: keyOf(options, [batch, rows]), rows, budgetBytes };
}

function bytesPerRow(cuts: FeaturePlanOptions['cuts']): number {
  const values = cuts.reduce((sum, { channels, size }) => sum + channels * size * size, 0);
  return values * Float32Array.BYTES_PER_ELEMENT;
}

function keyOf(options: FeaturePlanOptions, order: readonly number[]): string {
  const { spec, engine, teacherSha256, datasetHash, normalisation } = options;
  const { ratingPerClass, rating, distil, seed } = spec;
  const versions = Object.entries(engine.versions).sort();
  const identity = [formatVersion, engine.name, versions, teacherSha256, datasetHash, seed];
  const division = [ratingPerClass, rating.calibrationImages, normalisation];
  const draws = [distil.augment, variantCount(distil)];
  return createHash('sha256')
    .update(JSON.stringify([identity, division, draws, order]))
    .digest('hex');
}

/** A chunk's name in a folder's list of checksums. */
export function chunkName({ group, from, to }: FeatureChunk): string {
  return `${groupName(group)} ${from}-${to}`;
}
