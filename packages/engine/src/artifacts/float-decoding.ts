/** Floating-point formats that are read as float32, without loss. */
export const floatTypes = ['F32', 'F16', 'BF16'] as const;

export type FloatType = (typeof floatTypes)[number];

/** The values of little-endian `bytes`, as float32. */
export function decodeFloats(bytes: Uint8Array, type: FloatType): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'F32':
      return fill(bytes.length / 4, (i) => view.getFloat32(4 * i, true));
    case 'F16':
      return fill(bytes.length / 2, (i) => halfToFloat(view.getUint16(2 * i, true)));
    case 'BF16': {
      // The upper half of a float32.
      const bits = new Uint32Array(1);
      const value = new Float32Array(bits.buffer);
      return fill(bytes.length / 2, (i) => {
        bits[0] = view.getUint16(2 * i, true) << 16;
        return value[0] as number;
      });
    }
    default:
      return unknownType(type);
  }
}

function fill(length: number, at: (index: number) => number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = at(i);
  return values;
}

// IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction.
function halfToFloat(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function unknownType(type: never): never {
  throw new Error(`Unknown element type ${String(type)}.`);
}
