import type { Curve } from '../live/curve-store.ts';
import type { NumberRange } from './number-range.ts';
import { seriesColour, seriesDash } from './palette.ts';
import { type CurveScale, firstAtLeast, traceCurve } from './trace-curve.ts';

/** A curve with what tells it from the others. */
export interface ChartSeries {
  readonly name: string;
  readonly curve: Curve;
  /** Position in the palette; stays with the series when others are hidden. */
  readonly colour: number;
}

/** What is drawn: all that changes a pixel. */
export interface CurveView {
  readonly series: readonly ChartSeries[];
  readonly steps: NumberRange;
  readonly values: NumberRange;
  readonly isLogarithmic: boolean;
  /** CSS pixels of the inside of the chart. */
  readonly width: number;
  readonly height: number;
  /** Device pixels of a CSS pixel. */
  readonly density: number;
}

/** CSS pixels of a line where there are not very many points. */
const lineWidth = 1.5;
/** So many points on a canvas: lines get one device pixel, which is drawn fifteen times as fast. */
const manyPoints = 20_000;

/** Where steps and values of a view lie in it. */
export function scaleOf({
  steps,
  values,
  isLogarithmic,
  width,
  height,
}: Omit<CurveView, 'series' | 'density'>): CurveScale {
  const pixelsPerStep = width / (steps.max - steps.min);
  const place = (value: number) => (isLogarithmic ? Math.log(value) : value);
  const low = place(values.min);
  const factor = height / (place(values.max) - low);
  return {
    x: (step) => (step - steps.min) * pixelsPerStep,
    y: (value) =>
      isLogarithmic && !(value > 0) ? Number.NaN : height - (place(value) - low) * factor,
    pixelsPerStep,
  };
}

/** CSS pixels of the lines of a view. */
export function lineWidthOf(view: CurveView): number {
  return pointsIn(view) > manyPoints ? 1 / view.density : lineWidth;
}

/** How many points of a view are drawn, about. */
function pointsIn({ series, steps, width, density }: CurveView): number {
  const most = 4 * width * density;
  return series.reduce((sum, { curve }) => {
    const inSight = firstAtLeast(curve.steps, steps.max) - firstAtLeast(curve.steps, steps.min);
    return sum + Math.min(most, inSight);
  }, 0);
}

/**
 * Curves on a canvas. When they are only moved sideways by whole pixels, what is there is moved and
 * only what comes into sight is drawn; while very many are zoomed, what is there is stretched until they
 * rest. So a hundred curves follow a finger without a missed frame.
 */
export class CurveLayer {
  readonly #canvas: HTMLCanvasElement;
  #shown: CurveView | undefined;
  #lineWidth = lineWidth;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  draw(view: CurveView, isMoving: boolean): void {
    const { width, height, density } = view;
    const pen = this.#canvas.getContext('2d');
    if (pen === null) return;
    const wide = Math.round(width * density);
    const high = Math.round(height * density);
    const shift = this.#shown && shiftBetween(this.#shown, view);
    if (shift !== undefined && Math.abs(shift) < wide) {
      if (shift !== 0) {
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.globalCompositeOperation = 'copy';
        pen.drawImage(this.#canvas, shift, 0);
        pen.globalCompositeOperation = 'source-over';
        this.#drawPart(pen, view, shift > 0 ? 0 : wide + shift, shift > 0 ? shift : wide);
      }
    } else if (this.#shown !== undefined && isMoving && pointsIn(view) > manyPoints) {
      const before = this.#shown.steps;
      const stretch = (before.max - before.min) / (view.steps.max - view.steps.min);
      const left = scaleOf(view).x(before.min);
      this.#canvas.style.transform = `translateX(${left}px) scaleX(${stretch})`;
      return;
    } else {
      // Setting a size clears the canvas, and takes a while.
      if (this.#canvas.width !== wide) this.#canvas.width = wide;
      if (this.#canvas.height !== high) this.#canvas.height = high;
      this.#lineWidth = lineWidthOf(view);
      this.#drawPart(pen, view, 0, wide);
    }
    this.#canvas.style.transform = '';
    this.#shown = view;
  }

  /** Draws the columns of device pixels from `left` up to `right`. */
  #drawPart(pen: CanvasRenderingContext2D, view: CurveView, left: number, right: number): void {
    const { density, height, steps } = view;
    const scale = scaleOf(view);
    const stepAt = (pixel: number) => steps.min + pixel / density / scale.pixelsPerStep;
    const part = { min: stepAt(left - 2), max: stepAt(right + 2) };
    pen.save();
    pen.setTransform(density, 0, 0, density, 0, 0);
    pen.beginPath();
    pen.rect(left / density, 0, (right - left) / density, height);
    pen.clip();
    pen.clearRect(left / density, 0, (right - left) / density, height);
    pen.lineWidth = this.#lineWidth;
    for (const { curve, colour } of view.series) {
      pen.beginPath();
      traceCurve(curve, scale, part, pen, seriesDash(colour));
      pen.strokeStyle = seriesColour(colour);
      pen.stroke();
    }
    pen.restore();
  }
}

/** Device pixels by which `after` shows the same further right; undefined when more than that differs. */
function shiftBetween(before: CurveView, after: CurveView): number | undefined {
  const isSame =
    before.series === after.series &&
    before.isLogarithmic === after.isLogarithmic &&
    before.width === after.width &&
    before.height === after.height &&
    before.density === after.density &&
    before.values.min === after.values.min &&
    before.values.max === after.values.max;
  if (!isSame) return undefined;
  const length = after.steps.max - after.steps.min;
  if (Math.abs(before.steps.max - before.steps.min - length) > 1e-6 * length) return undefined;
  const shift = ((before.steps.min - after.steps.min) / length) * after.width * after.density;
  return Math.abs(shift - Math.round(shift)) < 0.01 ? Math.round(shift) : undefined;
}
