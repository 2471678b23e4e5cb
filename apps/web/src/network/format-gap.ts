/** A sentence is not broken before its unit. */
const unit = '\u00a0%';

/** A relative gap in rating with its sign: `+1.8 %`, `−0.04 %`; two digits say enough. */
export function formatGap(share: number): string {
  const percent = 100 * Math.abs(share);
  if (percent === 0) return `0${unit}`;
  const digits = percent >= 10 ? percent.toFixed(0) : String(Number(percent.toPrecision(2)));
  return `${share < 0 ? '−' : '+'}${digits}${unit}`;
}

/** The same without its sign, where words say which way. */
export function formatGapSize(share: number): string {
  return formatGap(Math.abs(share)).replace('+', '');
}
