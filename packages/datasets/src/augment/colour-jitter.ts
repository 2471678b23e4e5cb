import type { Random } from '@blockwise/dna';
import { brightness, colour, contrast } from './enhance.ts';
import { uniform } from './random-box.ts';
import type { Step } from './steps.ts';

/** torchvision's ColorJitter without hue, on [size, size, 3] in place. */
export function jitterColour(pixels: Uint8Array, step: Step<'colourJitter'>, random: Random): void {
  const factorAround = (strength: number) => uniform([1 - strength, 1 + strength], random);
  const changes = [
    { change: brightness, factor: factorAround(step.brightness) },
    { change: contrast, factor: factorAround(step.contrast) },
    { change: colour, factor: factorAround(step.saturation) },
  ];
  for (const { change, factor } of random.shuffle(changes)) change(pixels, factor);
}
