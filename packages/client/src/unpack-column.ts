/** 32-bit integers of a packed column (base64 of little-endian numbers). */
export function unpackInts(base64: string): Int32Array {
  return new Int32Array(bytesOf(base64));
}

/** 64-bit floats of a packed column. */
export function unpackFloats(base64: string): Float64Array {
  return new Float64Array(bytesOf(base64));
}

/** 32-bit floats of a packed column. */
export function unpackSingles(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64));
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
