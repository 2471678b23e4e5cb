import type { AffineMap } from './affine.ts';

/** Counter-clockwise about the image's centre. */
export function rotation(degrees: number, size: number): AffineMap {
  const angle = (-degrees * Math.PI) / 180;
  const [cos, sin] = [exactly(Math.cos(angle)), exactly(Math.sin(angle))];
  const centre = size / 2;
  const c = centre - cos * centre - sin * centre;
  const f = centre + sin * centre - cos * centre;
  return { a: cos, b: sin, c, d: -sin, e: cos, f };
}

/** So that quarter turns hit pixel centres. */
function exactly(value: number): number {
  return Math.round(value * 1e15) / 1e15;
}

/** Rows slide by `factor` pixels per row, the top one not at all. */
export function shearX(factor: number): AffineMap {
  return { a: 1, b: factor, c: 0, d: 0, e: 1, f: 0 };
}

/** Columns slide by `factor` pixels per column, the left one not at all. */
export function shearY(factor: number): AffineMap {
  return { a: 1, b: 0, c: 0, d: factor, e: 1, f: 0 };
}

/** To the left by a share of the side. */
export function translationX(share: number, size: number): AffineMap {
  return { a: 1, b: 0, c: share * size, d: 0, e: 1, f: 0 };
}

/** Upwards by a share of the side. */
export function translationY(share: number, size: number): AffineMap {
  return { a: 1, b: 0, c: 0, d: 0, e: 1, f: share * size };
}
