/** Numbers, times and units as people read them; the one place that decides. */

const compact = new Intl.NumberFormat('en', { maximumFractionDigits: 2, notation: 'compact' });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `1234567` → `1.23M`. Takes the API's decimal strings too. */
export function formatCount(value: string | number): string {
  return compact.format(Number(value));
}

/** All digits, grouped: sizes of search spaces are shown exactly. */
export function formatExact(value: string | number): string {
  return whole.format(BigInt(value));
}

/** A fraction as a percentage: `0.5312` → `53.1 %`. */
export function formatShare(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** A mean with its deviation, where there is one: `53.1 ± 0.4 %`. */
export function formatShareSpread(mean: number, deviation: number | null | undefined): string {
  if (deviation == null) return formatShare(mean);
  return `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %`;
}

/** Bytes in decimal units: `1234567` → `1.23 MB`. */
export function formatBytes(value: string | number): string {
  // Three digits say enough; what rounds up to 1,000 of a unit is 1 of the next.
  const scaled = byteUnits.map((_, power) =>
    Number((Number(value) / 1000 ** power).toPrecision(3)),
  );
  const power = scaled.findIndex((each) => each < 1000);
  return `${scaled[power]} ${byteUnits[power]}`;
}
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `12.345` → `12.3 ms`; below a millisecond in microseconds. */
export function formatMilliseconds(value: number): string {
  if (value !== 0 && value < 1) return `${Number((1000 * value).toPrecision(3))} µs`;
  return `${Number(value.toPrecision(3))} ms`;
}

/** A correlation: `−0.53`, with a minus as wide as a digit. */
export function formatCorrelation(value: number): string {
  return value.toFixed(2).replace(/^-/, '−');
}

/** A loss, to five significant digits: neighbours in a ranking differ in the fourth. */
export function formatLoss(value: number): string {
  return value.toPrecision(5);
}

/** A round value of a loss axis, without the zeros of {@link formatLoss}. */
export function formatLossTick(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** A value of a feature map, to three significant digits, with a minus as wide as a digit. */
export function formatFeature(value: number): string {
  const digits = Math.abs(value) < 1e-6 ? '0' : String(Number(value.toPrecision(3)));
  return digits.replace(/^-/, '−');
}
