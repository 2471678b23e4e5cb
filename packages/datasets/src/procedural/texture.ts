import type { Random } from '@blockwise/dna';

export const textureKinds = ['fine', 'coarse', 'checked', 'speckled'] as const;
export type TextureKind = (typeof textureKinds)[number];

/** Value of a texture at a pixel, -1..1. */
export type Texture = (x: number, y: number) => number;

/** Shortest period that a pixel grid still shows, pixels. */
const shortestPeriod = 2.6;

/**
 * A texture of random orientation and phase. `unit` is the number of pixels that stands for one
 * pixel of a 32x32 image, so that textures grow with the image.
 */
export function drawTexture(kind: TextureKind, random: Random, unit: number): Texture {
  const angle = random.next() * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [shiftU, shiftV] = [random.next() * 64, random.next() * 64];
  // Position along and across the texture's direction, in periods.
  const period = (length: number) => Math.max(shortestPeriod, length * unit);
  const spread = 0.9 + 0.2 * random.next();
  switch (kind) {
    case 'fine':
      return stripes(cos, sin, shiftU, period(3.1 * spread));
    case 'coarse':
      return stripes(cos, sin, shiftU, period(6.2 * spread));
    case 'checked': {
      const length = period(6.2 * spread);
      const along = stripes(cos, sin, shiftU, length);
      const across = stripes(-sin, cos, shiftV, length);
      return (x, y) => along(x, y) * across(x, y);
    }
    case 'speckled': {
      const cell = period(2.6 * spread);
      const salt = random.int(2 ** 31);
      return (x, y) => {
        const u = Math.floor((x * cos + y * sin) / cell + shiftU);
        const v = Math.floor((y * cos - x * sin) / cell + shiftV);
        return cellSign(u, v, salt);
      };
    }
    default:
      return kind satisfies never;
  }
}

/** Bands with soft edges: a triangle wave, amplified and cut off. Arithmetic only, alike everywhere. */
function stripes(cos: number, sin: number, shift: number, period: number): Texture {
  return (x, y) => {
    const position = (x * cos + y * sin) / period + shift;
    const wave = 4 * Math.abs(position - Math.floor(position) - 0.5) - 1;
    return Math.max(-1, Math.min(1, 1.8 * wave));
  };
}

/** -1 or 1 for a cell of the plane, without a visible pattern (integer mixing as in murmur3). */
function cellSign(u: number, v: number, salt: number): number {
  let bits = Math.imul(u, 0x9e3779b1) ^ Math.imul(v, 0x85ebca77) ^ salt;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) & 1 ? 1 : -1;
}
