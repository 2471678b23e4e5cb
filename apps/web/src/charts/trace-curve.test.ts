import { expect, test } from 'vitest';
import { type Pen, svgPen, traceCurve } from './trace-curve.ts';

/** Remembers where it was led. */
function seeingPen(): Pen & { readonly points: [number, number][] } {
  const points: [number, number][] = [];
  const put = (x: number, y: number) => points.push([x, y]);
  return { moveTo: put, lineTo: put, points };
}

function scaleFrom(step: number, pixelsPerStep: number) {
  return {
    x: (each: number) => (each - step) * pixelsPerStep,
    y: (value: number) => value,
    pixelsPerStep,
  };
}

const steps = Int32Array.from({ length: 10_000 }, (_, i) => i);
const noise = Float64Array.from(steps, (i) => Math.sin(i * 12.9898) * 43758.5453 - Math.floor(i));

test('ten thousand points on a hundred pixels keep every spike', () => {
  const values = noise.slice();
  values[4321] = 1e6;
  values[4322] = -1e6;
  const pen = seeingPen();
  const drawn = traceCurve({ steps, values }, scaleFrom(0, 0.01), { min: 0, max: 10_000 }, pen);
  expect(drawn).toBe(pen.points.length);
  expect(drawn).toBeLessThanOrEqual(400);
  const ys = pen.points.map(([, y]) => y);
  expect(Math.max(...ys)).toBe(1e6);
  expect(Math.min(...ys)).toBe(-1e6);
  for (let column = 0; column < 100; column++) {
    const own = values.subarray(100 * column, 100 * (column + 1));
    const kept = pen.points.filter(([x]) => Math.floor(x + 1e-9) === column).map(([, y]) => y);
    expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...own), Math.max(...own)]);
  }
});

test('moved sideways, a curve has the same points', () => {
  const drawnFrom = (first: number) => {
    const pen = seeingPen();
    traceCurve({ steps, values: noise }, scaleFrom(first, 0.25), { min: 2000, max: 3000 }, pen);
    return pen.points.map(([x, y]) => [Math.round(x + first * 0.25), y]);
  };
  expect(drawnFrom(1234)).toEqual(drawnFrom(0));
});

test('a part that is drawn alone has the points that the whole has there', () => {
  const draw = (min: number, max: number) => {
    const pen = seeingPen();
    traceCurve({ steps, values: noise }, scaleFrom(0, 0.05), { min, max }, pen);
    return pen.points;
  };
  const whole = draw(0, 10_000).map(String);
  const part = draw(5110, 5190).map(String);
  const at = whole.indexOf(part[0] ?? '');
  expect(part).toEqual(whole.slice(at, at + part.length));
  // It comes in from the left of sight and leaves it on the right.
  expect(Number(part[0]?.split(',')[0])).toBeLessThan(5110 * 0.05);
  expect(Number(part.at(-1)?.split(',')[0])).toBeGreaterThanOrEqual(5190 * 0.05 - 1);
});

test('what has no place on the axis is left out', () => {
  const pen = seeingPen();
  const scale = { ...scaleFrom(0, 10), y: (value: number) => (value > 0 ? value : Number.NaN) };
  traceCurve({ steps: [1, 2, 3], values: [5, 0, 7] }, scale, { min: 0, max: 9 }, pen);
  expect(pen.points).toEqual([
    [10, 5],
    [30, 7],
  ]);
});

test('dashes are measured along the axis, from step 0', () => {
  const pen = svgPen();
  traceCurve({ steps: [0, 2], values: [0, 20] }, scaleFrom(0, 10), { min: 0, max: 2 }, pen, [6, 4]);
  expect(pen.path()).toBe('M0 0L6 6M10 10L16 16M20 20');
});

test('no point draws nothing', () => {
  expect(traceCurve({ steps: [], values: [] }, scaleFrom(0, 1), { min: 0, max: 9 }, svgPen())).toBe(
    0,
  );
});
