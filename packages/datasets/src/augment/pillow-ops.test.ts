import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Colour } from './affine.ts';
import { createCanvas } from './canvas.ts';
import type { Interpolation } from './interpolation.ts';
import { applyOp, type PolicyOp } from './policy-op.ts';
import { enlarge } from './resample.ts';

interface Case {
  readonly op: PolicyOp | 'resizedCrop';
  readonly args: (number | string)[];
  readonly pixels: string;
}

/** Made by Pillow; see fixtures/pillow-ops.py. */
const fixture: {
  readonly size: number;
  readonly fill: Colour;
  readonly pixels: string;
  readonly cases: readonly Case[];
} = JSON.parse(readFileSync(new URL('pillow-ops.fixture.json', import.meta.url), 'utf8'));
const { size, fill } = fixture;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const source = bytes(fixture.pixels);

function result({ op, args }: Case): Uint8Array {
  const canvas = createCanvas(size);
  const numbers = args.filter((value) => typeof value === 'number');
  const interpolation = args.find((value) => typeof value === 'string') as Interpolation;
  if (op === 'resizedCrop') {
    const [top, left, height, width] = numbers as [number, number, number, number];
    const box = { top, left, height, width };
    enlarge(source, 0, size, box, interpolation, false, canvas.spare, canvas.pixels);
  } else {
    canvas.pixels.set(source);
    applyOp(canvas, op, numbers[0] ?? 0, fill, interpolation);
  }
  return canvas.pixels;
}

test.each(fixture.cases)("$op $args gives Pillow's very pixels", (one) => {
  expect(Buffer.from(result(one)).toString('base64')).toBe(one.pixels);
});

test('every op is compared with Pillow', () => {
  expect(new Set(fixture.cases.map(({ op }) => op))).toEqual(
    new Set([
      ...['autoContrast', 'equalize', 'invert', 'rotate', 'posterize', 'solarize', 'solarizeAdd'],
      ...['colour', 'contrast', 'brightness', 'sharpness', 'shearX', 'shearY'],
      ...['translateX', 'translateY', 'resizedCrop'],
    ]),
  );
});
