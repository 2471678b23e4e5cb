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

/** Which pixels make up each pixel of an enlarged line. */
interface Taps {
  /** [length]; first pixel. */
  readonly starts: Int32Array;
  /** [length]; how many follow it, itself included. */
  readonly counts: Int32Array;
  /** [length, most]; in units of 2^-22. */
  readonly weights: Int32Array;
  readonly most: number;
}

/**
 * Cuts a box out of [size, size, 3], enlarges it to the whole side and writes it to `target`,
 * mirrored left to right when asked to. To the bit what Pillow's crop and resize give: across
 * first, then down, in whole numbers. Nothing outside of the box is looked at.
 *
 * @param across room for [box.height, size, 3]
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
  const first = from + (box.top * size + box.left) * 3;
  const horizontal = taps(box.width, size, interpolation);
  enlargeRows(source, first, size, box.height, horizontal, mirrored, across);
  enlargeColumns(across, size, taps(box.height, size, interpolation), target);
}

function enlargeRows(
  source: Uint8Array,
  first: number,
  size: number,
  height: number,
  { starts, counts, weights, most }: Taps,
  mirrored: boolean,
  target: Uint8Array,
): void {
  for (let x = 0; x < size; x++) {
    const start = first + 3 * (starts[x] as number);
    const count = counts[x] as number;
    let to = 3 * (mirrored ? size - 1 - x : x);
    for (let y = 0; y < height; y++) {
      let red = half;
      let green = half;
      let blue = half;
      let at = start + y * size * 3;
      for (let i = 0; i < count; i++) {
        const weight = weights[x * most + i] as number;
        red += (source[at] as number) * weight;
        green += (source[at + 1] as number) * weight;
        blue += (source[at + 2] as number) * weight;
        at += 3;
      }
      target[to] = clipped(red);
      target[to + 1] = clipped(green);
      target[to + 2] = clipped(blue);
      to += size * 3;
    }
  }
}

function enlargeColumns(
  source: Uint8Array,
  size: number,
  { starts, counts, weights, most }: Taps,
  target: Uint8Array,
): void {
  const row = size * 3;
  for (let y = 0; y < size; y++) {
    const start = row * (starts[y] as number);
    const count = counts[y] as number;
    for (let x = 0; x < row; x++) {
      let sum = half;
      let at = start + x;
      for (let i = 0; i < count; i++) {
        sum += (source[at] as number) * (weights[y * most + i] as number);
        at += row;
      }
      target[y * row + x] = clipped(sum);
    }
  }
}

function clipped(sum: number): number {
  return Math.max(0, Math.min(255, sum >> precision));
}

function taps(length: number, size: number, interpolation: Interpolation): Taps {
  if (length > size) throw new Error(`a line of ${length} pixels cannot be enlarged to ${size}`);
  const [reach, weigh] =
    interpolation === 'bilinear' ? ([1, triangle] as const) : ([2, keys] as const);
  const most = 2 * reach + 1;
  const starts = new Int32Array(size);
  const counts = new Int32Array(size);
  const weights = new Int32Array(size * most);
  const exact = new Float64Array(most);
  for (let x = 0; x < size; x++) {
    const centre = ((x + 0.5) * length) / size;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const count = Math.min(length, Math.trunc(centre + reach + 0.5)) - start;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = weigh(Math.abs(start + i - centre + 0.5));
      exact[i] = weight;
      sum += weight;
    }
    for (let i = 0; i < count; i++) {
      const scaled = ((exact[i] as number) / sum) * 2 ** precision;
      weights[x * most + i] = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
    }
    starts[x] = start;
    counts[x] = count;
  }
  return { starts, counts, weights, most };
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
