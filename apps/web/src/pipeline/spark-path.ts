import type { Curve } from '../live/curve-store.ts';

/** Points of the line: each is the mean of what lies under it, so that a small picture shows the trend. */
const points = 48;

/** SVG path of a curve's logarithm in a box of `width` × `height`; empty with fewer than two positive values. */
export function sparkPath({ steps, values }: Curve, width: number, height: number): string {
  const positive = Array.from(values).flatMap((value, at) =>
    value > 0 ? [{ step: steps[at] ?? 0, log: Math.log(value) }] : [],
  );
  const size = Math.max(1, Math.ceil(positive.length / points));
  const means = Array.from({ length: Math.ceil(positive.length / size) }, (_, bin) => {
    const some = positive.slice(bin * size, (bin + 1) * size);
    return {
      step: some.reduce((sum, each) => sum + each.step, 0) / some.length,
      log: some.reduce((sum, each) => sum + each.log, 0) / some.length,
    };
  });
  const first = means[0];
  const last = means.at(-1);
  if (first === undefined || last === undefined || means.length < 2) return '';
  const low = Math.min(...means.map(({ log }) => log));
  const range = Math.max(...means.map(({ log }) => log)) - low;
  const line = means.map(({ step, log }) => {
    const x = (width * (step - first.step)) / (last.step - first.step || 1);
    const y = range === 0 ? height / 2 : height - (height * (log - low)) / range;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${line.join('L')}`;
}
