import type { Random } from '@blockwise/dna';
import { type Coverage, placeShape, type ShapeKind, shapeKinds } from './shape.ts';
import { drawTexture, type Texture, type TextureKind, textureKinds } from './texture.ts';

/** What an image's class says of it; everything else is drawn by chance. */
export interface SceneClass {
  readonly shape: ShapeKind;
  readonly texture: TextureKind;
}

/** Something that covers a part of the image, in two colours by a texture. */
interface Layer {
  readonly coverage: Coverage;
  readonly texture: Texture;
  readonly colour: Colour;
  /** Added to the colour times the texture's value. */
  readonly contrast: Colour;
}

type Colour = readonly [number, number, number];

const everywhere: Coverage = () => 1;

/**
 * Paints one image [size, size, 3] into `out` from `offset` on: a textured background, a small
 * shape that carries no class information, the object of the class at random place, size, turn and
 * colours, an occluding bar, a slope of light and noise.
 */
export function paintScene(
  { shape, texture }: SceneClass,
  random: Random,
  size: number,
  out: Uint8Array,
  offset: number,
): void {
  const unit = size / 32;
  const between = (low: number, high: number) => low + (high - low) * random.next();
  const turn = () => between(0, 2 * Math.PI);
  const backgroundColour = drawColour(random);
  const objectColour = drawColourFar(backgroundColour, random);
  const layer = (
    coverage: Coverage,
    kind: TextureKind,
    colour: Colour,
    low: number,
    high: number,
  ) => ({
    coverage,
    texture: drawTexture(kind, random, unit),
    colour,
    contrast: drawContrast(random, between(low, high)),
  });
  const otherTexture = () => pick(textureKinds, random);
  const bystander = () => {
    const [x, y, radius] = [between(0, size), between(0, size), between(3, 4.5) * unit];
    const place = placeShape(pick(shapeKinds, random), { x, y, radius, angle: turn() });
    return layer(place, otherTexture(), drawColour(random), 30, 60);
  };
  const radius = between(8.5, 12.5) * unit;
  const margin = 0.8 * radius;
  const place = {
    x: between(margin, size - margin),
    y: between(margin, size - margin),
    radius,
    angle: turn(),
  };
  const layers: Layer[] = [
    layer(everywhere, otherTexture(), backgroundColour, 10, 34),
    bystander(),
    layer(placeShape(shape, place), texture, objectColour, 45, 80),
    layer(drawBar(random, size, unit), otherTexture(), drawColour(random), 10, 40),
  ];
  paint(layers, random, size, out, offset);
}

function paint(
  layers: readonly Layer[],
  random: Random,
  size: number,
  out: Uint8Array,
  offset: number,
): void {
  const strength = 6 + 10 * random.next();
  const noise = createNoise(random);
  const [slopeX, slopeY] = [60 * (random.next() - 0.5), 60 * (random.next() - 0.5)];
  let at = offset;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const light = slopeX * (x / size - 0.5) + slopeY * (y / size - 0.5);
      let r = 0;
      let g = 0;
      let b = 0;
      for (const layer of layers) {
        const cover = layer.coverage(x + 0.5, y + 0.5);
        if (cover === 0) continue;
        const value = layer.texture(x + 0.5, y + 0.5);
        r += cover * (layer.colour[0] + value * layer.contrast[0] - r);
        g += cover * (layer.colour[1] + value * layer.contrast[1] - g);
        b += cover * (layer.colour[2] + value * layer.contrast[2] - b);
      }
      out[at++] = toByte(r + light + strength * noise());
      out[at++] = toByte(g + light + strength * noise());
      out[at++] = toByte(b + light + strength * noise());
    }
  }
}

/**
 * Noise of deviation 1: the sum of two uniform 16-bit numbers, from Marsaglia's xorshift generator
 * ("Xorshift RNGs", 2003). Three draws a pixel are most of the work; this one is a few instructions.
 */
function createNoise(random: Random): () => number {
  let bits = 1 + random.int(2 ** 31 - 1);
  return () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return 2.45 * (((bits & 0xffff) + (bits >>> 16)) / 0xffff - 1);
  };
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** A bar across the image that hides a part of what lies under it. */
function drawBar(random: Random, size: number, unit: number): Coverage {
  const angle = random.next() * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const place = (0.2 + 0.6 * random.next()) * size;
  const half = (1 + 1.2 * random.next()) * unit;
  const centre = size / 2;
  return (x, y) => {
    const across = Math.abs((x - centre) * cos + (y - centre) * sin + centre - place);
    return Math.max(0, Math.min(1, 0.5 + half - across));
  };
}

function drawColour(random: Random): Colour {
  const channel = () => 45 + 165 * random.next();
  return [channel(), channel(), channel()];
}

/** A colour that can be told from `other`. */
function drawColourFar(other: Colour, random: Random): Colour {
  for (;;) {
    const colour = drawColour(random);
    const squares = colour.map((value, channel) => (value - (other[channel] ?? 0)) ** 2);
    if (squares.reduce((sum, square) => sum + square, 0) > 70 ** 2) return colour;
  }
}

/** A direction in colour space, mostly of brightness; either sign. */
function drawContrast(random: Random, strength: number): Colour {
  const sign = random.int(2) === 1 ? strength : -strength;
  const channel = () => sign * (0.5 + 0.5 * random.next());
  return [channel(), channel(), channel()];
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.int(from.length)] as T;
}
