import { expect, test } from 'vitest';
import { colourRamp } from './colour-ramp.ts';

/** Red, green, blue, opacity, as they lie in an image's bytes. */
function bytesOf(colour: number | undefined): number[] {
  return [...new Uint8Array(Uint32Array.of(colour ?? 0).buffer)];
}

test('a ramp begins and ends at its outer stops and is even between', () => {
  const ramp = colourRamp(['#000000', '#ff8000', '#0000ff']);
  expect(ramp).toHaveLength(256);
  expect(bytesOf(ramp[0])).toEqual([0, 0, 0, 255]);
  expect(bytesOf(ramp[255])).toEqual([0, 0, 255, 255]);
  // A fifth of the way: 2/5 between the first two stops.
  expect(bytesOf(ramp[51])).toEqual([102, 51, 0, 255]);
});
