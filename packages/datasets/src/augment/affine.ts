import type { Interpolation } from './interpolation.ts';
import { toByte } from './lookup.ts';

/** Red, green, blue, 0..255. */
export type Colour = readonly [number, number, number];

/** Where a point of the result comes from: x' = a x + b y + c, y' = d x + e y + f, pixels. */
export interface AffineMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/**
 * Writes [size, size, 3] to `target` as Pillow's Image.transform does: pixel centres lie at halves,
 * what comes from outside is `fill`, and results are cut off, not rounded.
 */
export function affine(
  source: Uint8Array,
  size: number,
  map: AffineMap,
  interpolation: Interpolation,
  fill: Colour,
  target: Uint8Array,
): void {
  const write = interpolation === 'bilinear' ? writeBilinear : writeBicubic;
  let to = 0;
  for (let y = 0.5; y < size; y++) {
    for (let x = 0.5; x < size; x++) {
      const fromX = map.a * x + map.b * y + map.c;
      const fromY = map.d * x + map.e * y + map.f;
      if (fromX >= 0 && fromX < size && fromY >= 0 && fromY < size) {
        write(source, size, fromX - 0.5, fromY - 0.5, target, to);
      } else {
        target[to] = fill[0];
        target[to + 1] = fill[1];
        target[to + 2] = fill[2];
      }
      to += 3;
    }
  }
}

/** A position within the image; beyond the border its last pixel goes on. */
function inside(position: number, size: number): number {
  return position < 0 ? 0 : position < size ? position : size - 1;
}

function writeBilinear(
  source: Uint8Array,
  size: number,
  x: number,
  y: number,
  target: Uint8Array,
  to: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const x0 = 3 * inside(left, size);
  const x1 = 3 * inside(left + 1, size);
  const y0 = 3 * size * inside(top, size);
  const y1 = 3 * size * inside(top + 1, size);
  for (let channel = 0; channel < 3; channel++) {
    const above = between(
      source[y0 + x0 + channel] as number,
      source[y0 + x1 + channel] as number,
      dx,
    );
    const below = between(
      source[y1 + x0 + channel] as number,
      source[y1 + x1 + channel] as number,
      dx,
    );
    target[to + channel] = between(above, below, dy) | 0;
  }
}

function between(first: number, second: number, share: number): number {
  return first + (second - first) * share;
}

function writeBicubic(
  source: Uint8Array,
  size: number,
  x: number,
  y: number,
  target: Uint8Array,
  to: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const x0 = 3 * inside(left - 1, size);
  const x1 = 3 * inside(left, size);
  const x2 = 3 * inside(left + 1, size);
  const x3 = 3 * inside(left + 2, size);
  const row = 3 * size;
  const y0 = row * inside(top - 1, size);
  const y1 = row * inside(top, size);
  const y2 = row * inside(top + 1, size);
  const y3 = row * inside(top + 2, size);
  for (let channel = 0; channel < 3; channel++) {
    const across = (at: number) =>
      cubic(
        source[at + x0 + channel] as number,
        source[at + x1 + channel] as number,
        source[at + x2 + channel] as number,
        source[at + x3 + channel] as number,
        dx,
      );
    target[to + channel] = toByte(cubic(across(y0), across(y1), across(y2), across(y3), dy));
  }
}

/** The cubic convolution of Keys (1981) with a = -1, which is Pillow's here. */
function cubic(v0: number, v1: number, v2: number, v3: number, share: number): number {
  const p2 = v2 - v0;
  const p3 = 2 * (v0 - v1) + v2 - v3;
  const p4 = v1 - v0 - v2 + v3;
  return v1 + share * (p2 + share * (p3 + share * p4));
}
