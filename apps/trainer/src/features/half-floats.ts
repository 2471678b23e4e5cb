/** Of IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. */
export const largestHalf = 65504;

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The float32 value of every pattern of 16 bits. */
const values = Float32Array.from({ length: 2 ** 16 }, (_, half) => {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

/**
 * Rounds to the nearest value, halves to even; what is beyond ±65504 becomes that, so that no value
 * turns infinite. NaN stays NaN.
 *
 * @returns how many values were beyond
 */
export function encodeHalves(from: Float32Array, to: Uint16Array): number {
  const source = new Uint32Array(from.buffer, from.byteOffset, from.length);
  let beyond = 0;
  for (let i = 0; i < from.length; i++) {
    const word = source[i] as number;
    const sign = (word >>> 16) & 0x8000;
    const size = word & 0x7fffffff;
    if (size >= 0x38800000 && size < 0x477ff000) {
      // Normal in both: drop 13 bits of fraction, a half upwards where the last kept bit is odd.
      const rounded = size + 0xfff + ((size >>> 13) & 1);
      to[i] = sign | ((rounded - 0x38000000) >>> 13);
    } else if (size > 0x7f800000) {
      to[i] = sign | 0x7e00;
    } else if (size >= 0x477ff000) {
      to[i] = sign | 0x7bff;
      beyond += 1;
    } else {
      // Below 2⁻¹⁴ the last bit is worth 2⁻²⁴: adding 0.5 leaves float32 just these bits, rounded.
      bits[0] = size;
      float[0] = (float[0] as number) + 0.5;
      to[i] = sign | ((bits[0] as number) - 0x3f000000);
    }
  }
  return beyond;
}

/** Without loss. */
export function decodeHalves(from: Uint16Array, to: Float32Array): void {
  for (let i = 0; i < from.length; i++) to[i] = values[from[i] as number] as number;
}
