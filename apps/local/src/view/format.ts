/** 75 → "1 min 15 s"; always at least one second's worth of words. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 1234567 → "1,234,567". Accepts the API's decimal strings. */
export function formatCount(count: number | string): string {
  return BigInt(count).toLocaleString('en-US');
}

/** Large numbers by their thousands: "12.3 M", "850 k". */
export function formatMagnitude(count: number | string): string {
  const value = Number(count);
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return String(value);
}

/** A share as "71.3 %". */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A loss with four significant digits. */
export function formatLoss(loss: number): string {
  return Number(loss.toPrecision(4)).toString();
}
