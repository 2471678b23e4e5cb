import type { UnpackedMaps } from '@blockwise/client';

/** Feature maps of one image, channel by channel. */
export interface Planes {
  /** Height and width of a map. */
  readonly size: number;
  readonly channels: number;
  /** [channels, size, size]: a channel's values lie together, row by row. */
  readonly values: Float32Array;
}

/** Values of a map as the API has them, [size, size, channels], channel by channel. */
export function planesOf(values: Float32Array, size: number, channels: number): Planes {
  const pixels = size * size;
  const planes = new Float32Array(values.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      planes[channel * pixels + pixel] = values[pixel * channels + channel] ?? Number.NaN;
    }
  }
  return { size, channels, values: planes };
}

/** Student minus teacher. */
export function differenceOf(student: Planes, teacher: Planes): Planes {
  const values = student.values.map((value, at) => value - (teacher.values[at] ?? Number.NaN));
  return { ...teacher, values };
}

/** Values of one channel, row by row. */
export function planeOf({ values, size }: Planes, channel: number): Float32Array {
  return values.subarray(channel * size * size, (channel + 1) * size * size);
}

/** Both sides of unpacked maps of one image. */
export function bothPlanes(maps: UnpackedMaps, size: number, channels: number) {
  return {
    teacher: planesOf(maps.teacher, size, channels),
    student: planesOf(maps.student, size, channels),
  };
}
