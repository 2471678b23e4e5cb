import type { Interpolation } from './interpolation.ts';

/** A rectangle of an image, pixels. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Bits behind the point of a weight. */
const precision = 22;
const half = 1 << (precision - 1);

/** Pixels that make up one of an enlarged line: a cubic reaches two to either side. */
const tapCount = 4;

/** Which pixels make up each pixel of an enlarged line. */
interface Taps {
  /** [length]; the first pixel of the image's line. */
  readonly starts: Int32Array;
  /** [length, 4]; in units of 2^-22, and zero for those that lie outside of the box. */
  readonly weights: Int32Array;
}

/**
 * Cuts a box out of [size, size, 3], enlarges it to the whole side and writes it to `target`,
 * mirrored left to right when asked to. To the bit what Pillow's crop and resize give: across
 * first, then down, in whole numbers. Nothing outside of the box counts.
 *
 * @param size at least 4
 * @param across room for [size, size, 3]
 */
export function enlarge(
  source: Uint8Array,
  from: number,
  size: number,
  box: Box,
  interpolation: Interpolation,
  mirrored: boolean,
  across: Uint8Array,
  target: Uint8Array,
): void {
  const first = from + box.top * size * 3;
  const horizontal = taps(box.left, box.width, size, interpolation);
  enlargeRows(source, first, size, box.height, horizontal, mirrored, across);
  enlargeColumns(across, size, taps(0, box.height, size, interpolation), target);
}

function enlargeRows(
  source: Uint8Array,
  first: number,
  size: number,
  height: number,
  { starts, weights }: Taps,
  mirrored: boolean,
  target: Uint8Array,
): void {
  const step = mirrored ? -3 : 3;
  for (let y = 0; y < height; y++) {
    const row = y * size * 3;
    let to = mirrored ? row + 3 * (size - 1) : row;
    for (let x = 0; x < size; x++) {
      const a = first + row + 3 * (starts[x] as number);
      const b = a + 3;
      const c = a + 6;
      const d = a + 9;
      const w = tapCount * x;
      const wa = weights[w] as number;
      const wb = weights[w + 1] as number;
      const wc = weights[w + 2] as number;
      const wd = weights[w + 3] as number;
      for (let channel = 0; channel < 3; channel++) {
        target[to + channel] = weighed(
          source[a + channel] as number,
          source[b + channel] as number,
          source[c + channel] as number,
          source[d + channel] as number,
          wa,
          wb,
          wc,
          wd,
        );
      }
      to += step;
    }
  }
}

function enlargeColumns(
  source: Uint8Array,
  size: number,
  { starts, weights }: Taps,
  target: Uint8Array,
): void {
  const row = size * 3;
  for (let y = 0; y < size; y++) {
    const a = row * (starts[y] as number);
    const b = a + row;
    const c = b + row;
    const d = c + row;
    const w = tapCount * y;
    const wa = weights[w] as number;
    const wb = weights[w + 1] as number;
    const wc = weights[w + 2] as number;
    const wd = weights[w + 3] as number;
    for (let x = 0; x < row; x++) {
      target[y * row + x] = weighed(
        source[a + x] as number,
        source[b + x] as number,
        source[c + x] as number,
        source[d + x] as number,
        wa,
        wb,
        wc,
        wd,
      );
    }
  }
}

/** The rounded sum, 0 to 255. All of it fits into 32 bits, which is what makes it fast. */
function weighed(
  a: number,
  b: number,
  c: number,
  d: number,
  wa: number,
  wb: number,
  wc: number,
  wd: number,
): number {
  const sum =
    (half + Math.imul(a, wa) + Math.imul(b, wb) + Math.imul(c, wc) + Math.imul(d, wd)) | 0;
  return Math.max(0, Math.min(255, sum >> precision));
}

/** @param first where the line of `length` pixels begins in one of `size` */
function taps(first: number, length: number, size: number, interpolation: Interpolation): Taps {
  if (length > size) throw new Error(`a line of ${length} pixels cannot be enlarged to ${size}`);
  const [reach, weigh] =
    interpolation === 'bilinear' ? ([1, triangle] as const) : ([2, keys] as const);
  const starts = new Int32Array(size);
  const weights = new Int32Array(size * tapCount);
  const exact = new Float64Array(tapCount + 1);
  for (let x = 0; x < size; x++) {
    const centre = ((x + 0.5) * length) / size;
    const begin = Math.max(0, Math.trunc(centre - reach + 0.5));
    const count = Math.min(length, Math.trunc(centre + reach + 0.5)) - begin;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = weigh(Math.abs(begin + i - centre + 0.5));
      exact[i] = weight;
      sum += weight;
    }
    // Four pixels that the image has: those before the first and after the last count nothing.
    const start = Math.min(first + begin, size - tapCount);
    const before = first + begin - start;
    // A rounding error may make it five, of which one has no weight.
    for (let i = 0; i < Math.min(count, tapCount - before); i++) {
      const scaled = ((exact[i] as number) / sum) * 2 ** precision;
      weights[x * tapCount + before + i] = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
    }
    starts[x] = start;
  }
  return { starts, weights };
}

function triangle(distance: number): number {
  return distance < 1 ? 1 - distance : 0;
}

/** The cubic convolution of Keys (1981) with a = -0.5. */
function keys(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return (((distance - 5) * distance + 8) * distance - 4) * -0.5;
  return 0;
}
