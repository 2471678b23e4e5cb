'use client';

import { useTranslations } from 'next-intl';
import {
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { formatExact, formatLossTick } from '../ui/format.ts';
import { AxisLines } from './axis-lines.tsx';
import { useSvgDrawing } from './chart-frame.tsx';
import styles from './curve-chart.module.css';
import { type ChartSeries, CurveLayer, lineWidthOf, scaleOf } from './curve-layer.ts';
import { CurveLegend } from './curve-legend.tsx';
import { readNear, seriesNear, stepBeside, stepsOf, valuesOf } from './curve-reading.ts';
import { ticks } from './linear-scale.ts';
import { logTicks } from './log-ticks.ts';
import type { NumberRange } from './number-range.ts';
import { withRoom, zoomed } from './number-range.ts';
import { seriesColour, seriesDash } from './palette.ts';
import { styledCopy } from './picture-file.ts';
import { svgPen, traceCurve } from './trace-curve.ts';
import { useGestures } from './use-gestures.ts';
import { useMovedRange } from './use-moved-range.ts';
import { useWidth } from './use-width.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

export type { ChartSeries };

const margin = { left: 68, right: 14, top: 10, bottom: 42 };
/** Pixels that a number on the step axis needs for itself. */
const tickRoom = 70;
/** Pixels from a curve within which it is meant. */
const reach = 40;
/** Up to so many curves have a dot where they are read; of more only the one that is meant. */
const mostDots = 12;
/** Steps in sight at the nearest. */
const leastSteps = 4;
const nothing: ReadonlySet<string> = new Set();
const all: NumberRange = { min: 0, max: 1 };

/**
 * Curves over steps. They grow while points arrive, are moved, zoomed and read by pointer, finger and
 * key, and stay smooth with a hundred of them. The value axis fits what is in sight once it rests.
 */
export function CurveChart({
  series,
  label,
  logarithmic,
  window = null,
  onWindow,
  hidden = nothing,
  onToggle,
  format = formatLossTick,
  valueName = '',
  height = 280,
}: {
  /** The same object until something of it changes. */
  series: readonly ChartSeries[];
  label: string;
  logarithmic: boolean;
  /** First and last step in sight; null for all of them. */
  window?: NumberRange | null;
  /** Told when the chart rests at other steps: for the address, and to ask for these points finer. */
  onWindow?: (window: NumberRange | null) => void;
  /** Names of series that are in the legend alone. */
  hidden?: ReadonlySet<string>;
  /** Without it, series cannot be hidden. */
  onToggle?: (name: string) => void;
  format?: (value: number) => string;
  valueName?: string;
  height?: number;
}) {
  const say = useTranslations('charts');
  const hint = useId();
  const [host, fullWidth] = useWidth<HTMLDivElement>(640);
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<SVGSVGElement>(null);
  const layer = useRef<CurveLayer>(undefined);
  const [pointed, setPointed] = useState<{ readonly step: number; readonly name?: string }>();
  const [selecting, setSelecting] = useState<NumberRange>();
  const [meant, setMeant] = useState<string>();
  const width = Math.max(40, fullWidth - margin.left - margin.right);
  const inner = height - margin.top - margin.bottom;
  const density = typeof devicePixelRatio === 'number' ? devicePixelRatio : 1;

  const visible = useMemo(() => series.filter(({ name }) => !hidden.has(name)), [series, hidden]);
  const extent = useMemo(() => {
    const found = stepsOf(visible) ?? all;
    return found.max > found.min ? found : { min: found.min - 1, max: found.max + 1 };
  }, [visible]);
  const { range: steps, isMoving, move, show } = useMovedRange({ window, onWindow, extent });

  // While the chart is moved, points that arrive wait, and the value axis stays: one look does not jump.
  const held = useRef({ series: visible, values: all });
  if (!isMoving) {
    const found = valuesOf(visible, steps, logarithmic);
    const before = held.current;
    const values =
      found === undefined ? (logarithmic ? { min: 0.1, max: 1 } : all) : roomOf(found, logarithmic);
    const isSame = before.values.min === values.min && before.values.max === values.max;
    held.current = { series: visible, values: isSame ? before.values : values };
  }
  const { series: drawn, values } = held.current;
  const view = {
    series: drawn,
    steps,
    values,
    isLogarithmic: logarithmic,
    width,
    height: inner,
    density,
  };
  const scale = scaleOf(view);

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    layer.current ??= new CurveLayer(canvas.current);
    layer.current.draw(view, isMoving);
  });

  const stepAt = (x: number) => steps.min + x / scale.pixelsPerStep;
  const point = (step: number | undefined, y?: number) => {
    if (step === undefined) return setPointed(undefined);
    const name = y === undefined ? pointed?.name : seriesNear(drawn, scale, { step, y }, reach);
    const read = drawn.find((each) => each.name === name) ?? drawn[0];
    const near = read && readNear(read.curve, step);
    setPointed({ step: near?.step ?? step, ...(name === undefined ? {} : { name }) });
  };
  useGestures(surface, {
    dragging: 'pan',
    onPan: (dx) => move(dx, width, density),
    onZoom: (factor, { x }) =>
      show((now) => zoomed(now, factor, stepOf(now, x, width), extent, leastSteps)),
    onReset: () => show(() => null),
    onSelecting: (box) =>
      setSelecting(
        box && { min: Math.min(box.from.x, box.to.x), max: Math.max(box.from.x, box.to.x) },
      ),
    onSelect: ({ from, to }) => {
      const min = stepAt(Math.min(from.x, to.x));
      const max = stepAt(Math.max(from.x, to.x));
      if (max - min >= leastSteps) show(() => ({ min, max }));
    },
    onPoint: (spot) => point(spot && stepAt(spot.x), spot?.y),
    onStep: (dx, dy) => {
      const read = drawn.find(({ name }) => name === pointed?.name) ?? drawn[0];
      if (read === undefined) return;
      if (dy !== 0) {
        const next = drawn[(drawn.indexOf(read) + dy + drawn.length) % drawn.length];
        if (next)
          setPointed({ step: pointed?.step ?? (steps.min + steps.max) / 2, name: next.name });
        return;
      }
      const from = pointed?.step ?? (steps.min + steps.max) / 2;
      setPointed({ step: stepBeside(read.curve, from, dx), name: read.name });
    },
  });
  useEffect(() => {
    if (isMoving) setPointed(undefined);
  }, [isMoving]);

  const xTicks = ticks(
    [steps.min, steps.max],
    Math.max(2, Math.min(9, Math.floor(width / tickRoom))),
  )
    .filter(Number.isInteger)
    .map((step) => ({ at: margin.left + scale.x(step), text: formatExact(step) }));
  const yTicks = (logarithmic ? logTicks(values) : ticks([values.min, values.max], 7)).map(
    (value) => ({ at: margin.top + scale.y(value), text: format(value) }),
  );
  const inside = {
    left: margin.left,
    right: margin.left + width,
    top: margin.top,
    bottom: margin.top + inner,
  };
  // The names follow when there is time: the line and its dots go with the pointer.
  const read = useDeferredValue(pointed?.step);
  const strong = meant ?? pointed?.name;
  const strongSeries = drawn.find(({ name }) => name === strong);
  const readings = pointed
    ? (drawn.length > mostDots ? drawn.filter(({ name }) => name === pointed.name) : drawn).flatMap(
        ({ name, colour, curve }) => {
          const reading = readNear(curve, pointed.step);
          return reading === undefined ? [] : [{ name, colour, ...reading }];
        },
      )
    : [];
  const strongReading = readings.find(({ name }) => name === pointed?.name);

  useSvgDrawing(() => {
    if (picture.current === null) throw new Error('The chart is not drawn yet.');
    const copy = styledCopy(picture.current);
    copy.setAttribute('width', String(fullWidth));
    copy.setAttribute('height', String(height));
    const box = document.createElementNS(copy.namespaceURI ?? '', 'svg');
    const put = (element: Element, attributes: Record<string, string | number>) => {
      for (const [key, value] of Object.entries(attributes))
        element.setAttribute(key, String(value));
    };
    put(box, { x: margin.left, y: margin.top, width, height: inner, overflow: 'hidden' });
    for (const { colour, curve, name } of drawn) {
      const pen = svgPen();
      traceCurve(curve, scale, steps, pen, seriesDash(colour));
      const path = document.createElementNS(copy.namespaceURI ?? '', 'path');
      put(path, {
        d: pen.path(),
        fill: 'none',
        stroke: seriesColour(colour),
        'stroke-width': lineWidthOf(view),
      });
      const title = document.createElementNS(copy.namespaceURI ?? '', 'title');
      title.textContent = name;
      path.append(title);
      box.append(path);
    }
    copy.append(box);
    return copy;
  });

  return (
    <div className={styles.chart}>
      <div ref={host} className={styles.host} style={{ height }}>
        <AxisLines
          width={fullWidth}
          height={height}
          inside={inside}
          x={{ name: say('step'), ticks: xTicks }}
          y={{ name: valueName, ticks: yTicks }}
          picture={picture}
        />
        <div
          ref={surface}
          role="application"
          aria-label={label}
          aria-describedby={hint}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and read by keys
          tabIndex={0}
          className={styles.surface}
          style={{ left: margin.left, top: margin.top, width, height: inner }}
        >
          <canvas ref={canvas} className={styles.canvas} style={{ width, height: inner }} />
          <svg className={styles.over} width={width} height={inner} aria-hidden="true">
            {selecting && (
              <rect
                x={selecting.min}
                width={selecting.max - selecting.min}
                y={0}
                height={inner}
                className={styles.selection}
              />
            )}
            {strongSeries && !isMoving && (
              <path
                d={tracePath(strongSeries, scale, steps)}
                className={styles.strong}
                style={{ stroke: seriesColour(strongSeries.colour) }}
              />
            )}
            {pointed && (
              <>
                <line
                  x1={scale.x(pointed.step)}
                  x2={scale.x(pointed.step)}
                  y1={0}
                  y2={inner}
                  className={styles.cross}
                />
                {readings.map(({ name, colour, step, value }) => (
                  <circle
                    key={name}
                    cx={scale.x(step)}
                    cy={scale.y(value)}
                    r={name === pointed.name ? 4.5 : 3}
                    className={styles.dot}
                    style={{ fill: seriesColour(colour) }}
                  />
                ))}
              </>
            )}
          </svg>
          {pointed && (
            <div
              className={styles.readout}
              style={
                scale.x(pointed.step) < width / 2
                  ? { left: scale.x(pointed.step) + 10 }
                  : { right: width - scale.x(pointed.step) + 10 }
              }
            >
              {say('atStep', { step: formatExact(Math.round(pointed.step)) })}
              {strongReading && (
                <strong>
                  {strongReading.name} {format(strongReading.value)}
                </strong>
              )}
            </div>
          )}
        </div>
        <ZoomButtons
          isWhole={window === null && steps.min === extent.min && steps.max === extent.max}
          onZoom={(factor) =>
            show((now) => zoomed(now, factor, (now.min + now.max) / 2, extent, leastSteps))
          }
          onReset={() => show(() => null)}
        />
      </div>
      <p id={hint} className="visually-hidden">
        {say('curveKeys')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {strongReading &&
          `${say('atStep', { step: formatExact(Math.round(strongReading.step)) })} ${strongReading.name} ${format(strongReading.value)}`}
      </p>
      <CurveLegend
        series={series}
        hidden={hidden}
        {...(onToggle ? { onToggle } : {})}
        strong={strong}
        onMean={setMeant}
        step={read}
        format={format}
      />
    </div>
  );
}

function stepOf({ min, max }: NumberRange, x: number, width: number): number {
  return min + (x / width) * (max - min);
}

function roomOf(values: NumberRange, isLogarithmic: boolean): NumberRange {
  if (!isLogarithmic) return withRoom(values);
  const { min, max } = withRoom({ min: Math.log(values.min), max: Math.log(values.max) });
  return { min: Math.exp(min), max: Math.exp(max) };
}

function tracePath({ curve }: ChartSeries, scale: ReturnType<typeof scaleOf>, steps: NumberRange) {
  const pen = svgPen();
  traceCurve(curve, scale, steps, pen);
  return pen.path();
}
