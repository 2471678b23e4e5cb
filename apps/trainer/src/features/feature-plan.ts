import { createHash } from 'node:crypto';
import type { SearchSpec } from '@blockwise/contracts';
import type { Engine } from '@blockwise/engine';
import { type FeatureGroup, groupName, variantCount } from '../compute/feature-groups.ts';

/** Rows `from` to `to` (exclusive) of one group. */
export interface FeatureChunk {
  readonly group: FeatureGroup;
  readonly from: number;
  readonly to: number;
}

/** All teacher features that the cells of a search read. */
export interface FeaturePlan {
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
/** A chunk is a multiple of the teacher's batch, so that its cut does not change the batches. */
const teacherBatch = 64;
/** Goes up when the way features are computed or laid out changes. */
const formatVersion = 1;

/** Plans the features: the fitting images under every draw, rating and calibration images clean. */
export function planFeatures(options: FeaturePlanOptions): FeaturePlan {
  const { spec, engine, teacherSha256, datasetHash, cuts, counts } = options;
  const variants = variantCount(spec.distil);
  const { augment } = spec.distil;
  const versions = Object.entries(engine.versions).sort();
  const identity = [formatVersion, engine.name, versions, teacherSha256, datasetHash, spec.seed];
  const division = [spec.ratingPerClass, spec.rating.calibrationImages, augment, variants];
  const groups: { group: FeatureGroup; rows: number }[] = [
    // Small and needed first by every cell.
    { group: { kind: 'calibration' }, rows: counts.calibration },
    { group: { kind: 'rating' }, rows: counts.rating },
    ...Array.from({ length: variants }, (_, variant) => ({
      group: { kind: 'train', variant } as const,
      rows: counts.fitting,
    })),
  ];
  const values = cuts.reduce((sum, { channels, size }) => sum + channels * size * size, 0);
  const rowBytes = values * Float32Array.BYTES_PER_ELEMENT;
  const rowsPerChunk = teacherBatch * Math.max(1, Math.floor(chunkBytes / rowBytes / teacherBatch));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return {
    key: createHash('sha256')
      .update(JSON.stringify([identity, division]))
      .digest('hex'),
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

/** A chunk's name in a folder's list of checksums. */
export function chunkName({ group, from, to }: FeatureChunk): string {
  return `${groupName(group)} ${from}-${to}`;
}
