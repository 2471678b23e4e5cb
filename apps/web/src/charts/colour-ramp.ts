import { parseRgb } from './paint-points.ts';

/** Steps of a ramp: more than eyes tell apart. */
const steps = 256;

/** Colours between stops, evenly spaced, as a canvas takes them: 32-bit ABGR, little-endian RGBA. */
export function colourRamp(stops: readonly string[]): Uint32Array {
  const colours = stops.map(parseRgb);
  return Uint32Array.from({ length: steps }, (_, step) => {
    const place = (step / (steps - 1)) * (colours.length - 1);
    const at = Math.min(Math.floor(place), colours.length - 2);
    const [from, to] = [colours[at] ?? [0, 0, 0], colours[at + 1] ?? [0, 0, 0]];
    const [red = 0, green = 0, blue = 0] = from.map((own, channel) =>
      Math.round(own + (place - at) * ((to[channel] ?? 0) - own)),
    );
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** Stops as the background of a legend. */
export function rampBackground(stops: readonly string[]): string {
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
