import type { FeatureShape } from '@blockwise/engine';

/** A teacher as a task's request carries it. */
export interface TeacherRequest {
  /** What `weights` are of. */
  readonly kind: 'network' | 'layersModel';
  /** In the grammar; of a LayersModel its name. */
  readonly architecture: string;
  /** Of the images; a LayersModel may tell others apart. */
  readonly classes: number;
  /** Height and width of its images, pixels. */
  readonly imageSize: number;
  /** Its feature maps: cut 0 is the stem's output, cut i that of block i. */
  readonly cuts: readonly FeatureShape[];
  /** SHA-256 of `weights`. */
  readonly sha256: string;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/** Tells teachers apart, for what a thread keeps of its last one. */
export function teacherKey({
  sha256,
  imageSize,
}: Pick<TeacherRequest, 'sha256' | 'imageSize'>): string {
  return `${sha256} ${imageSize}`;
}
