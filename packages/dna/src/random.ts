import { cellAt, opsOf } from './paths.ts';
import type { Path, SearchSpace } from './types.ts';

/** A stream of pseudo-random numbers. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** Uniform whole number in [0, n), 1 ≤ n ≤ 2³². */
  int(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** A new array with the items in uniformly random order; the given one stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

const twoTo32 = 2 ** 32;

/**
 * The stream that belongs to the seed parts: the same parts always give the same numbers, on every
 * machine, and any other parts (also `1` for `'1'`, or `'ab'` for `'a', 'b'`) unrelated ones.
 *
 * Generator: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators"). Its 128 bits of state are a hash of the parts: four multiplicative lanes in the
 * manner of FNV-1a, finished with MurmurHash3's 32-bit finaliser.
 */
export function createRandom(...seedParts: (string | number)[]): Random {
  const bits32 = xoshiro128(hash128(seedParts));
  const next = () => ((bits32() >>> 5) * 2 ** 26 + (bits32() >>> 6)) / 2 ** 53;
  const int = (n: number) => {
    if (!Number.isInteger(n) || n < 1 || n > twoTo32) {
      throw new Error(`a whole number from 1 to 2^32 is needed, not ${n}`);
    }
    // Values past the last whole multiple of n would favour small results; draw again.
    const limit = twoTo32 - (twoTo32 % n);
    let value = bits32();
    while (value >= limit) {
      value = bits32();
    }
    return value % n;
  };
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // Marsaglia's polar method: two values from a point inside the unit disc.
    for (;;) {
      const x = 2 * next() - 1;
      const y = 2 * next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * scale;
        return x * scale;
      }
    }
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const order = Uint32Array.from(items, (_, i) => i);
    for (let last = order.length - 1; last > 0; last--) {
      const other = int(last + 1);
      const kept = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = kept;
    }
    return Array.from(order, (i) => items[i] as T);
  };
  return { next, int, normal, shuffle };
}

/** A uniform path of a cell: every layer's operation drawn by itself (single-path one-shot). */
export function samplePath(space: SearchSpace, block: number, cell: number, random: Random): Path {
  const { layers } = cellAt(space, block, cell);
  const ops = opsOf(space, block).length;
  return Array.from({ length: layers }, () => random.int(ops));
}

type State = [number, number, number, number];

function xoshiro128([a, b, c, d]: State): () => number {
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result >>> 0;
  };
}

function hash128(parts: readonly (string | number)[]): State {
  // Kind and length before each part keep ('ab') and ('a', 'b'), 1 and '1' apart.
  const text = parts.map((part) => `${typeof part}${String(part).length}:${part}`).join('');
  let [a, b, c, d]: State = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit ^ (a >>> 15), 0x9e3779b1);
    c = Math.imul(c ^ unit ^ (b >>> 13), 0x85ebca77);
    d = Math.imul(d ^ unit ^ (c >>> 11), 0xc2b2ae3d);
  }
  a = finalise(a ^ d);
  b = finalise(b ^ a);
  c = finalise(c ^ b);
  d = finalise(d ^ c);
  // The one state that the generator cannot leave.
  return (a | b | c | d) === 0 ? [1, 2, 3, 4] : [a, b, c, d];
}

function finalise(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
