import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnaSingle } from './presets.ts';
import { createRandom, samplePath } from './random.ts';

const firstOf = (...parts: (string | number)[]) => {
  const random = createRandom(...parts);
  return Array.from({ length: 4 }, () => random.next());
};

describe('seeding', () => {
  it('gives the same numbers for the same parts', () => {
    expect(firstOf('search', 7, 'cell', 2)).toEqual(firstOf('search', 7, 'cell', 2));
  });
  it('never changes between versions, because stored seeds must stay repeatable', () => {
    const random = createRandom('blockwise', 1);
    expect([random.int(1e9), random.int(1e9), random.int(1e9)]).toMatchInlineSnapshot(`
      [
        32443362,
        683707458,
        911835967,
      ]
    `);
  });
  it('keeps parts apart', () => {
    const streams = [
      [],
      [''],
      ['ab'],
      ['a', 'b'],
      [1],
      ['1'],
      [1, 1],
      [11],
      [-1],
      [1.5],
      ['b', 'a'],
    ];
    const seen = new Set(streams.map((parts) => firstOf(...parts).join()));
    expect(seen.size).toBe(streams.length);
  });
});

describe('numbers', () => {
  it('are uniform over [0, 1) also across neighbouring seeds', () => {
    const random = createRandom('uniform');
    const buckets = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      for (const value of [random.next(), i < 10_000 ? (firstOf('n', i)[0] ?? 0) : random.next()]) {
        expect(value >= 0 && value < 1).toBe(true);
        const bucket = Math.floor(value * 10);
        buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      }
    }
    // Six standard deviations of a bucket of 40,000 draws with probability 1/10.
    for (const count of buckets) expect(Math.abs(count - 4000)).toBeLessThan(360);
  });
  it('are whole and uniform below n', () => {
    const random = createRandom('int');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 21_000; i++) {
      const value = random.int(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts).toHaveLength(7);
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(305);
    expect(random.int(1)).toBe(0);
    expect(() => random.int(0)).toThrow('2^32');
    expect(() => random.int(1.5)).toThrow('2^32');
  });
  it('are normal with mean 0 and variance 1', () => {
    const random = createRandom('normal');
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.043);
    expect(Math.abs(variance - 1)).toBeLessThan(0.06);
    const outside = values.filter((v) => Math.abs(v) > 1.96).length / values.length;
    expect(Math.abs(outside - 0.05)).toBeLessThan(0.01);
  });
});

describe('shuffle', () => {
  it('permutes a copy', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const before = [...items];
        const shuffled = createRandom(seed).shuffle(items);
        expect(items).toEqual(before);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });
  it('gives every order of three about equally often', () => {
    const random = createRandom('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(175);
  });
});

describe('paths', () => {
  it('draw every operation of every layer about equally often', () => {
    const random = createRandom('paths');
    const counts = Array.from({ length: 4 }, () => new Array<number>(6).fill(0));
    for (let i = 0; i < 6000; i++) {
      for (const [layer, op] of samplePath(dnaSingle, 1, 0, random).entries()) {
        const row = counts[layer] ?? [];
        row[op] = (row[op] ?? 0) + 1;
      }
    }
    for (const row of counts) {
      expect(row).toHaveLength(6);
      for (const count of row) expect(Math.abs(count - 1000)).toBeLessThan(175);
    }
  });
});
