import { expect, test } from 'vitest';
import { decodeHalves, encodeHalves, largestHalf } from './half-floats.ts';

const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
const decoded = new Float32Array(all.length);
decodeHalves(all, decoded);

function encode(values: readonly number[]) {
  const out = new Uint16Array(values.length);
  const beyond = encodeHalves(Float32Array.from(values), out);
  return { beyond, out: [...out] };
}

test('known values', () => {
  const known = [0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x03ff, 0x3555];
  const expected = [0, -0, 1, -2, 65504, 2 ** -14, 2 ** -24, 1023 * 2 ** -24, 1365 / 4096];
  const out = new Float32Array(known.length);
  decodeHalves(Uint16Array.from(known), out);
  expect([...out]).toEqual(expected);
});

test('every finite value of all 65,536 patterns comes back as it was', () => {
  const finite = [...all].filter((half) => Number.isFinite(decoded[half]));
  expect(finite).toHaveLength(63_488);
  expect(encode(finite.map((half) => decoded[half] ?? 0))).toEqual({ beyond: 0, out: finite });
});

test('between two neighbours the nearer one counts, and in the middle the even one', () => {
  for (let half = 0; half < 0x7bff; half++) {
    const [low, high] = [decoded[half] ?? 0, decoded[half + 1] ?? 0];
    const middle = (low + high) / 2;
    // The float32 values next to the middle, which is one itself.
    const step = Math.max(2 ** -149, middle * 2 ** -23);
    const even = half % 2 === 0 ? half : half + 1;
    for (const [value, expected] of [
      [Math.fround(middle - step), half],
      [middle, even],
      [Math.fround(middle + step), half + 1],
    ] as const) {
      const { out } = encode([value, -value]);
      if (out[0] !== expected || out[1] !== (expected | 0x8000)) {
        expect({ value, out }).toEqual({ value, out: [expected, expected | 0x8000] });
      }
    }
  }
});

test('nothing becomes infinite: what is beyond is counted and becomes the largest', () => {
  const { beyond, out } = encode([65504, 65519, 65520, -7e4, 3e38, Number.POSITIVE_INFINITY]);
  expect(beyond).toBe(4);
  expect(out.map((half) => decoded[half])).toEqual([65504, 65504, 65504, -65504, 65504, 65504]);
  expect(largestHalf).toBe(65504);
});

test('NaN stays NaN', () => {
  const { beyond, out } = encode([Number.NaN]);
  expect(beyond).toBe(0);
  expect(decoded[out[0] ?? 0]).toBeNaN();
});
