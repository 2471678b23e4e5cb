import type { Curve } from '../live/curve-store.ts';
import type { NumberRange } from './number-range.ts';

/** Where a step and a value lie, in pixels. */
export interface CurveScale {
  readonly x: (step: number) => number;
  /** NaN for a value that has no place, such as zero on a logarithmic axis. */
  readonly y: (value: number) => number;
  readonly pixelsPerStep: number;
}

/** What draws lines: a canvas, a `Path2D`, or a text. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * Draws a curve between two steps, in and out of sight at both ends. Of the points that share a column of
 * pixels only the first, the least, the greatest and the last are drawn: no pixel differs from drawing
 * all of them, and no spike is lost. Columns are counted from step 0, so that a curve has the same
 * points wherever it is moved to; so are dashes, which are measured along the x axis.
 *
 * @returns how many points were drawn
 */
export function traceCurve(
  { steps, values }: Curve,
  { x, y, pixelsPerStep }: CurveScale,
  { min, max }: NumberRange,
  pen: Pen,
  dash: readonly number[] = [],
): number {
  const columnOf = (at: number) => Math.floor((steps[at] ?? 0) * pixelsPerStep);
  let from = Math.max(0, firstAtLeast(steps, min) - 1);
  while (from > 0 && columnOf(from - 1) === columnOf(from)) from -= 1;
  let end = Math.min(steps.length, firstAtLeast(steps, max) + 1);
  while (end > 0 && end < steps.length && columnOf(end) === columnOf(end - 1)) end += 1;

  const line = dash.length === 0 ? pen : dashed(pen, dash, x(0));
  let drawn = 0;
  let column = Number.NaN;
  let first = 0;
  let last = 0;
  let least = 0;
  let greatest = 0;
  let lowest = 0;
  let highest = 0;
  const put = (at: number) => {
    const px = x(steps[at] ?? 0);
    const py = y(values[at] ?? 0);
    if (drawn === 0) line.moveTo(px, py);
    else line.lineTo(px, py);
    drawn += 1;
  };
  const putColumn = () => {
    put(first);
    const [earlier, later] = least < greatest ? [least, greatest] : [greatest, least];
    if (earlier !== first && earlier !== last) put(earlier);
    if (later !== earlier && later !== first && later !== last) put(later);
    if (last !== first) put(last);
  };
  for (let at = from; at < end; at++) {
    const py = y(values[at] ?? Number.NaN);
    if (!Number.isFinite(py)) continue;
    const own = columnOf(at);
    if (own !== column) {
      if (!Number.isNaN(column)) putColumn();
      column = own;
      first = last = least = greatest = at;
      lowest = highest = py;
      continue;
    }
    last = at;
    if (py < lowest) {
      lowest = py;
      least = at;
    }
    if (py > highest) {
      highest = py;
      greatest = at;
    }
  }
  if (!Number.isNaN(column)) putColumn();
  return drawn;
}

/** Position of the first of the ascending `steps` that is `bound` or more; their number if none is. */
export function firstAtLeast(steps: ArrayLike<number>, bound: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? bound) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A pen that lifts where a dash ends; `origin` is where dashes are measured from. */
function dashed(pen: Pen, [on = 1, off = 1]: readonly number[], origin: number): Pen {
  const period = on + off;
  const phaseOf = (px: number) => (((px - origin) % period) + period) % period;
  let fromX = 0;
  let fromY = 0;
  const go = (px: number, py: number, isOn: boolean) => {
    if (isOn) pen.lineTo(px, py);
    else pen.moveTo(px, py);
  };
  return {
    moveTo(px, py) {
      pen.moveTo(px, py);
      fromX = px;
      fromY = py;
    },
    lineTo(px, py) {
      let at = fromX;
      while (true) {
        const phase = phaseOf(at);
        const isOn = phase < on;
        const next = at - phase + (isOn ? on : period);
        if (next >= px || next <= at) {
          go(px, py, isOn);
          break;
        }
        go(next, fromY + ((next - fromX) / (px - fromX)) * (py - fromY), isOn);
        at = next;
      }
      fromX = px;
      fromY = py;
    },
  };
}

/** A pen that writes the path of an SVG, to hundredths of a pixel. */
export function svgPen(): Pen & { readonly path: () => string } {
  const parts: string[] = [];
  const short = (value: number) => String(Math.round(value * 100) / 100);
  return {
    moveTo: (x, y) => parts.push(`M${short(x)} ${short(y)}`),
    lineTo: (x, y) => parts.push(`L${short(x)} ${short(y)}`),
    path: () => parts.join(''),
  };
}
