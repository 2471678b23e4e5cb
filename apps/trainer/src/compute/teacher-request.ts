import { networkCuts, parseNetwork } from '@blockwise/dna';

/** A trained teacher as a task's request carries it. */
export interface TeacherRequest {
  /** In the grammar. */
  readonly architecture: string;
  readonly classes: number;
  /** Height and width of its images, pixels. */
  readonly imageSize: number;
  /** SHA-256 of `weights`. */
  readonly sha256: string;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/** Width and side of the teacher's feature maps: cut 0 is the stem's output, cut i that of block i. */
export function teacherCuts({ architecture, imageSize }: TeacherRequest) {
  return networkCuts(parseNetwork(architecture), imageSize);
}
