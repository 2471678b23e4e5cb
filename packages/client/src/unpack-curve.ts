import { unpackFloats, unpackInts } from './unpack-column.ts';

/** The packed columns of a curve, as the API answers them. */
export interface PackedCurve {
  readonly steps: string;
  readonly values: string;
  readonly wallTimes: string;
}

/** Columns of one length. */
export interface CurveColumns {
  readonly steps: Int32Array;
  readonly values: Float64Array;
  /** Seconds since the Unix epoch. */
  readonly wallTimes: Float64Array;
}

/** Reads packed columns (base64 of little-endian numbers). Works in browsers and in Node. */
export function unpackCurve({ steps, values, wallTimes }: PackedCurve): CurveColumns {
  return {
    steps: unpackInts(steps),
    values: unpackFloats(values),
    wallTimes: unpackFloats(wallTimes),
  };
}
