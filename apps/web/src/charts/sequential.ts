/** Viridis (matplotlib, CC0) in twelve steps: even to the eye, and told apart by people of any colour vision. */
export const sequentialColours = [
  '#440154',
  '#482173',
  '#433e85',
  '#38598c',
  '#2d708e',
  '#25858e',
  '#1e9b8a',
  '#2ab07f',
  '#52c569',
  '#86d549',
  '#c2df23',
  '#fde725',
] as const;

/** Which of the colours each value has: as many values in each, so that outliers take none for themselves. */
export function sequentialGroups(values: Float64Array): Uint8Array {
  const order = Float64Array.from(values).sort();
  const bounds = sequentialColours
    .slice(1)
    .map((_, i) => order[Math.floor(((i + 1) * order.length) / sequentialColours.length)] ?? 0);
  return Uint8Array.from(values, (value) => {
    const at = bounds.findIndex((bound) => value < bound);
    return at < 0 ? sequentialColours.length - 1 : at;
  });
}
