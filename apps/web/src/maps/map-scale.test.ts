import { expect, test } from 'vitest';
import { planesOf } from './feature-planes.ts';
import { channelScale, paintPlane, sharedScale } from './map-scale.ts';

const first = planesOf(Float32Array.of(0, 10, 2, 20, 4, 30, 6, 40), 2, 2);
const second = planesOf(Float32Array.of(-2, 10, 2, 20, 4, 30, 6, 50), 2, 2);

test('a scale holds teacher and students', () => {
  expect(sharedScale([first, second])).toEqual({ least: -2, greatest: 50, half: 26 });
  expect(channelScale([first, second], 0)).toEqual({ least: -2, greatest: 6, half: 4 });
  expect(channelScale([first], 1)).toEqual({ least: 10, greatest: 40, half: 15 });
});

test('a few extremes do not fade all others', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, i) => i);
  values[7] = 1e9;
  values[8] = -1e9;
  expect(sharedScale([planesOf(values, 100, 1)])).toEqual({
    least: 21,
    greatest: 9980,
    half: 4979.5,
  });
  // Of many values some are looked at.
  const many = Float32Array.from({ length: 250_000 }, (_, i) => i);
  const { least, greatest } = sharedScale([planesOf(many, 500, 1)]);
  expect(least / 250_000).toBeCloseTo(0.002, 3);
  expect(greatest / 250_000).toBeCloseTo(0.998, 3);
});

test('values get the colours of their places, those beyond the ends the outer ones', () => {
  const ramp = Uint32Array.of(10, 11, 12, 13, 14);
  const plane = Float32Array.of(-9, 0, 1, 2.1, 3.9, 4, 99);
  expect([...paintPlane(plane, [0, 4], ramp)]).toEqual([10, 10, 11, 12, 14, 14, 14]);
  expect([...paintPlane(Float32Array.of(5, 5), [5, 5], ramp)]).toEqual([12, 12]);
});
