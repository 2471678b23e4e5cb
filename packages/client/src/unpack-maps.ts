import { unpackSingles } from './unpack-column.ts';

/** Feature maps, [samples, size, size, channels]: channels run fastest. */
export interface UnpackedMaps {
  readonly teacher: Float32Array;
  readonly student: Float32Array;
}

/** Reads packed feature maps. Works in browsers and in Node. */
export function unpackMaps({ teacher, student }: Record<keyof UnpackedMaps, string>): UnpackedMaps {
  return {
    teacher: unpackSingles(teacher),
    student: unpackSingles(student),
  };
}
