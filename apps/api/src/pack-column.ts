/** Numbers that are answered together. */
export type Column = Int32Array | Float32Array | Float64Array;

/** Base64 of little-endian numbers. */
export function packColumn({ buffer, byteOffset, byteLength }: Column): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}
