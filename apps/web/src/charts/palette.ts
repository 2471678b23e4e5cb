/** Okabe and Ito's colours, told apart by people of any colour vision, without yellow and black. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a5195'];

/** Colour of the n-th series; dashes tell apart those that share a colour. */
export function seriesColour(index: number): string {
  return colours[index % colours.length] ?? '#0072b2';
}

/**
 * Colour of the n-th kind of points, which have no dashes: after the first round the same hues darker, then
 * lighter, so that 21 kinds differ.
 */
export function pointColour(index: number): string {
  const towards = [undefined, 0, 255][Math.floor(index / colours.length) % 3];
  const colour = seriesColour(index);
  if (towards === undefined) return colour;
  const parts = colour.match(/[\da-f]{2}/g) ?? [];
  const mixed = parts.map((part) => Math.round((Number.parseInt(part, 16) + towards) / 2));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Dash pattern of the n-th series, in pixels; solid for the first round of colours. */
export function seriesDash(index: number): number[] {
  const round = Math.floor(index / colours.length);
  return round === 0 ? [] : [2 + 4 * round, 4];
}
