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
    steps: new Int32Array(bytesOf(steps)),
    values: new Float64Array(bytesOf(values)),
    wallTimes: new Float64Array(bytesOf(wallTimes)),
  };
}

/** Node has a decoder of its own; `atob` and a loop take three times as long. */
const NodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

function bytesOf(base64: string): ArrayBufferLike {
  if (NodeBuffer !== undefined) {
    const { buffer, byteOffset, byteLength } = NodeBuffer.from(base64, 'base64');
    // A short one is part of a buffer that others share.
    return byteLength === buffer.byteLength
      ? buffer
      : buffer.slice(byteOffset, byteOffset + byteLength);
  }
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  // A loop: `Uint8Array.from` takes ten times as long, seconds for millions of points.
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes.buffer;
}
