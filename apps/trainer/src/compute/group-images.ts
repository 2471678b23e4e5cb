import { fillBatch } from '@blockwise/datasets';
import { type Draws, type FeatureGroup, groupName } from './feature-groups.ts';
import { imageValues } from './image-shape.ts';
import type { SearchData } from './search-data.ts';

/** Positions of a group's images in the training part, by row. */
export function groupPositions(data: SearchData, group: FeatureGroup): Uint32Array {
  switch (group.kind) {
    case 'train':
      return data.fitting;
    case 'rating':
      return data.rating;
    case 'calibration':
      return data.calibration;
    default:
      throw unknownGroup(group);
  }
}

/**
 * The images of a group's rows, [rows.length, size, size, 3] NHWC, normalised. Only `train` images
 * are augmented: the released code calibrates on images with random erasing noise, which ours does
 * not (DNA's traps, the calibration batch).
 */
export function groupImages(
  data: SearchData,
  group: FeatureGroup,
  rows: ArrayLike<number>,
  { augment, seed }: Draws,
): Float32Array {
  const positions = groupPositions(data, group);
  const images = Uint32Array.from(rows, (row) => positions[row] ?? missingRow(group, row));
  const out = new Float32Array(images.length * imageValues(data.info.size));
  const draw =
    group.kind === 'train'
      ? { augment, seed: `${seed}/distil`, epoch: group.variant }
      : ({ augment: 'none' } as const);
  fillBatch(data.train, images, data.channels, draw, out);
  return out;
}

function missingRow(group: FeatureGroup, row: number): never {
  throw new Error(`group ${groupName(group)} has no row ${row}`);
}

function unknownGroup(group: never): Error {
  return new Error(`there is no feature group ${JSON.stringify(group)}`);
}
