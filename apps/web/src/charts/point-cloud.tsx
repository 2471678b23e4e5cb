'use client';

import { quadtree } from 'd3-quadtree';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { AxisLines } from './axis-lines.tsx';
import { useSvgDrawing } from './chart-frame.tsx';
import { themeColours } from './colours.ts';
import { ticks } from './linear-scale.ts';
import { type NumberRange, panned, rangeOf, withRoom, zoomed } from './number-range.ts';
import { type CloudPoints, fillPixels, paintPoints, parseRgb, ruleLines } from './paint-points.ts';
import { styledCopy } from './picture-file.ts';
import styles from './point-cloud.module.css';
import { staircase } from './staircase.ts';
import { type Box, type Spot, useGestures } from './use-gestures.ts';
import { useMoved } from './use-moved.ts';
import { useThemeChange } from './use-theme-change.ts';
import { useWidth } from './use-width.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

/** A rectangle in the units of both axes; sides that are not finite are open. */
export interface Region {
  readonly x: NumberRange;
  readonly y: NumberRange;
}

interface CloudAxis {
  readonly name: string;
  readonly format: (value: number) => string;
}

const margin = { left: 72, right: 14, top: 10, bottom: 44 };
const tickRoom = 70;
/** Pixels from a point within which it is meant. */
const reach = 24;
/** Pixels that the reading goes with one key. */
const keyStep = 10;
/** Share of all that is seen at the nearest. */
const nearest = 1e-4;
const nobody: Region = { x: { min: 0, max: 1 }, y: { min: 0, max: 1 } };

/**
 * Tens of thousands of points on two linear axes: moved, zoomed, chosen from by a rectangle and read one by
 * one, by pointer, finger and key. They are painted pixel by pixel, so that none is too many.
 */
export function PointCloud({
  points,
  colours,
  x,
  y,
  label,
  view,
  onView,
  brush,
  onBrush,
  dragging,
  pointed,
  onPoint,
  marked,
  front,
  describe,
  height = 380,
}: {
  /** The same object until something of it changes. */
  points: CloudPoints;
  /** CSS colours by group, or variables of the theme as `--line`. */
  colours: readonly string[];
  x: CloudAxis;
  y: CloudAxis;
  label: string;
  /** What is in sight; null for all. */
  view: Region | null;
  onView: (view: Region | null) => void;
  /** What was chosen. */
  brush: Region | null;
  onBrush: (brush: Region) => void;
  dragging: 'pan' | 'select';
  /** Position of the point that is read. */
  pointed: number | undefined;
  onPoint: (at: number | undefined) => void;
  /** Positions of points that have a ring. */
  marked: readonly number[];
  /** Positions of the best of every x, by x; none for no line. */
  front: readonly number[];
  describe: (at: number) => ReactNode;
  height?: number;
}) {
  const say = useTranslations('charts');
  const hint = useId();
  const theme = useThemeChange();
  const [host, fullWidth] = useWidth<HTMLDivElement>(640);
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<SVGSVGElement>(null);
  const cursor = useRef<Spot>(undefined);
  const [selecting, setSelecting] = useState<Box>();
  const width = Math.max(40, fullWidth - margin.left - margin.right);
  const inner = height - margin.top - margin.bottom;
  const density = typeof devicePixelRatio === 'number' ? devicePixelRatio : 1;

  const all = useMemo<Region>(() => {
    const [xs, ys] = [rangeOf(points.x), rangeOf(points.y)];
    return xs && ys ? { x: withRoom(xs), y: withRoom(ys) } : nobody;
  }, [points]);
  const { own, isMoving, show } = useMoved({ view, onRest: onView, kept: inShort });
  const region = own ?? all;
  const perX = width / (region.x.max - region.x.min);
  const perY = inner / (region.y.max - region.y.min);
  const placeX = (value: number) => (value - region.x.min) * perX;
  const placeY = (value: number) => inner - (value - region.y.min) * perY;
  const xTicks = ticks(
    [region.x.min, region.x.max],
    Math.max(2, Math.min(9, Math.floor(width / tickRoom))),
  );
  const yTicks = ticks([region.y.min, region.y.max], 8);

  // Points keep their size while they are moved.
  const resting = useRef(region);
  if (!isMoving) resting.current = region;
  const rest = resting.current;
  const dot = useMemo(() => dotFor(points, rest), [points, rest]);

  useLayoutEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (element == null || pen == null) return;
    const wide = Math.round(width * density);
    const high = Math.round(inner * density);
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    const image = new ImageData(wide, high);
    const pixels = { data: new Uint32Array(image.data.buffer), wide, high };
    const { panel, line } = themeColours(element, ['panel', 'line']);
    fillPixels(pixels, parseRgb(panel));
    ruleLines(
      pixels,
      xTicks.map((value) => placeX(value) * density),
      yTicks.map((value) => placeY(value) * density),
      parseRgb(line),
    );
    paintPoints(
      pixels,
      points,
      [
        { scale: perX * density, offset: -region.x.min * perX * density },
        { scale: -perY * density, offset: (inner + region.y.min * perY) * density },
      ],
      inTheme(element, colours).map(parseRgb),
      dot.radius * density,
      dot.opacity,
    );
    pen.putImageData(image, 0, 0);
  }, [
    points,
    colours,
    region.x.min,
    region.x.max,
    region.y.min,
    region.y.max,
    width,
    inner,
    density,
    theme,
    dot,
  ]);

  const tree = useMemo(() => {
    let made: ReturnType<typeof quadtree<number>> | undefined;
    const toX = width / (all.x.max - all.x.min);
    const toY = inner / (all.y.max - all.y.min);
    return () => {
      made ??= quadtree<number>()
        .x((at) => (points.x[at] ?? 0) * toX)
        .y((at) => (points.y[at] ?? 0) * toY)
        .addAll(
          Array.from(points.order).filter(
            (at) => Number.isFinite(points.x[at]) && Number.isFinite(points.y[at]),
          ),
        );
      return { tree: made, toX, toY };
    };
  }, [points, all, width, inner]);
  const near = (spot: Spot, within: number): number | undefined => {
    const { tree: found, toX, toY } = tree();
    const at = {
      x: region.x.min + spot.x / perX,
      y: region.y.min + (inner - spot.y) / perY,
    };
    return found.find(at.x * toX, at.y * toY, (within * toX) / perX);
  };
  const regionOf = ({ from, to }: Box): Region => ({
    x: {
      min: region.x.min + Math.min(from.x, to.x) / perX,
      max: region.x.min + Math.max(from.x, to.x) / perX,
    },
    y: {
      min: region.y.min + (inner - Math.max(from.y, to.y)) / perY,
      max: region.y.min + (inner - Math.min(from.y, to.y)) / perY,
    },
  });
  const zoom = (factor: number, about: Spot) =>
    show((now) => {
      const before = now ?? all;
      const at = {
        x: before.x.min + (about.x / width) * (before.x.max - before.x.min),
        y: before.y.max - (about.y / inner) * (before.y.max - before.y.min),
      };
      const along = (axis: 'x' | 'y') =>
        zoomed(
          before[axis],
          factor,
          at[axis],
          all[axis],
          nearest * (all[axis].max - all[axis].min),
        );
      const [nextX, nextY] = [along('x'), along('y')];
      return nextX === null && nextY === null ? null : { x: nextX ?? all.x, y: nextY ?? all.y };
    });

  const spotOf = (at: number): Spot => ({
    x: placeX(points.x[at] ?? Number.NaN),
    y: placeY(points.y[at] ?? Number.NaN),
  });
  const isSeen = ({ x: px, y: py }: Spot) => px >= 0 && px <= width && py >= 0 && py <= inner;
  /** The nearest point in sight on one side of a spot, other than the one that is read. */
  const nextOf = (from: Spot, dx: number, dy: number): number | undefined => {
    let [found, least]: [number | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (const at of points.order) {
      const spot = spotOf(at);
      if (at === pointed || !isSeen(spot)) continue;
      const [right, down] = [spot.x - from.x, spot.y - from.y];
      const distance = Math.hypot(right, down);
      if (right * dx + down * dy > 0 && distance < least) [found, least] = [at, distance];
    }
    return found;
  };

  useGestures(surface, {
    dragging,
    onPan: (dx, dy) =>
      show((now) => {
        if (now === null) return null;
        const xPer = (now.x.max - now.x.min) / width;
        const yPer = (now.y.max - now.y.min) / inner;
        return { x: panned(now.x, -dx * xPer, all.x), y: panned(now.y, dy * yPer, all.y) };
      }),
    onZoom: zoom,
    onReset: () => show(() => null),
    onSelecting: setSelecting,
    onSelect: (box) => onBrush(inShort(regionOf(box))),
    onPoint: (spot) => {
      cursor.current = spot;
      onPoint(spot && near(spot, reach));
    },
    onStep: (dx, dy) => {
      let spot = cursor.current ?? { x: width / 2, y: inner / 2 };
      for (let step = 0; step < 200; step++) {
        spot = {
          x: Math.min(width, Math.max(0, spot.x + dx * keyStep)),
          y: Math.min(inner, Math.max(0, spot.y + dy * keyStep)),
        };
        const found = near(spot, reach);
        if (found !== undefined && found !== pointed) {
          cursor.current = spot;
          return onPoint(found);
        }
      }
      // Where points are few, none may lie on the way: the nearest on that side is read.
      const next = nextOf(cursor.current ?? { x: width / 2, y: inner / 2 }, dx, dy);
      if (next === undefined) return;
      cursor.current = spotOf(next);
      onPoint(next);
    },
  });

  useSvgDrawing(() => {
    if (picture.current === null || canvas.current === null) {
      throw new Error('The chart is not drawn yet.');
    }
    const copy = styledCopy(picture.current);
    const make = (name: string, attributes: Record<string, string | number>) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, String(value));
      }
      return element;
    };
    copy.setAttribute('width', String(fullWidth));
    copy.setAttribute('height', String(height));
    const box = make('svg', {
      x: margin.left,
      y: margin.top,
      width,
      height: inner,
      overflow: 'hidden',
    });
    const fills = inTheme(canvas.current, colours);
    // A path of dots for each run of one colour: an element for each point would be megabytes.
    let parts: string[] = [];
    let group = -1;
    const put = () => {
      if (parts.length > 0) {
        const stroke = fills[group] ?? '#000000';
        const size = 2 * dot.radius;
        box.append(
          make('path', {
            ...{ d: parts.join(''), stroke, fill: 'none', 'stroke-linecap': 'round' },
            ...{ 'stroke-width': size, 'stroke-opacity': dot.opacity },
          }),
        );
      }
      parts = [];
    };
    for (const at of points.order) {
      const [px, py] = [placeX(points.x[at] ?? Number.NaN), placeY(points.y[at] ?? Number.NaN)];
      if (!(px > -5 && px < width + 5 && py > -5 && py < inner + 5)) continue;
      const own = points.group[at] ?? 0;
      if (own !== group) {
        put();
        group = own;
      }
      parts.push(`M${px.toFixed(1)} ${py.toFixed(1)}h0`);
    }
    put();
    if (front.length > 0) {
      box.append(
        make('path', { d: frontPath, fill: 'none', stroke: '#777777', 'stroke-width': 1.25 }),
      );
    }
    copy.append(box);
    return copy;
  });

  const frontPath = staircase(front.map(spotOf), Math.max(width, placeX(all.x.max)));
  /** What is seen of a rectangle, its sides beyond out of sight. */
  const inSight = (box: Region) => {
    const [left, right] = [box.x.min, box.x.max].map((x) => clipped(placeX(x), width));
    const [low, high] = [box.y.min, box.y.max].map((y) => clipped(placeY(y), inner));
    const [x = 0, y = 0] = [left, high];
    return { x, y, width: (right ?? 0) - x, height: (low ?? 0) - y };
  };
  const chosen = selecting
    ? {
        x: Math.min(selecting.from.x, selecting.to.x),
        y: Math.min(selecting.from.y, selecting.to.y),
        width: Math.abs(selecting.to.x - selecting.from.x),
        height: Math.abs(selecting.to.y - selecting.from.y),
      }
    : brush && inSight(brush);
  const pointedSpot = pointed === undefined ? undefined : spotOf(pointed);
  return (
    <div className={styles.cloud}>
      <div ref={host} className={styles.host} style={{ height }}>
        <AxisLines
          width={fullWidth}
          height={height}
          inside={{
            left: margin.left,
            right: margin.left + width,
            top: margin.top,
            bottom: margin.top + inner,
          }}
          x={{
            name: x.name,
            ticks: xTicks.map((value) => ({
              at: margin.left + placeX(value),
              text: x.format(value),
            })),
          }}
          y={{
            name: y.name,
            ticks: yTicks.map((value) => ({
              at: margin.top + placeY(value),
              text: y.format(value),
            })),
          }}
          picture={picture}
        />
        <div
          ref={surface}
          role="application"
          aria-label={label}
          aria-describedby={hint}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and read by keys
          tabIndex={0}
          data-dragging={dragging}
          className={styles.surface}
          style={{ left: margin.left, top: margin.top, width, height: inner }}
        >
          <canvas ref={canvas} className={styles.canvas} style={{ width, height: inner }} />
          <svg className={styles.over} width={width} height={inner} aria-hidden="true">
            {frontPath !== '' && <path d={frontPath} className={styles.front} />}
            {chosen && <rect {...chosen} className={styles.brush} />}
            {marked.map((at) => {
              const spot = spotOf(at);
              return <circle key={at} cx={spot.x} cy={spot.y} r={6} className={styles.mark} />;
            })}
            {pointedSpot && (
              <circle cx={pointedSpot.x} cy={pointedSpot.y} r={7} className={styles.pointed} />
            )}
          </svg>
          {pointed !== undefined && pointedSpot && isSeen(pointedSpot) && !isMoving && (
            <div
              className={styles.readout}
              style={{
                ...(pointedSpot.x < width / 2
                  ? { left: pointedSpot.x + 12 }
                  : { right: width - pointedSpot.x + 12 }),
                ...(pointedSpot.y < inner / 2
                  ? { top: pointedSpot.y + 8 }
                  : { bottom: inner - pointedSpot.y + 8 }),
              }}
            >
              {describe(pointed)}
            </div>
          )}
        </div>
        <ZoomButtons
          isWhole={own === null}
          onZoom={(factor) => zoom(factor, { x: width / 2, y: inner / 2 })}
          onReset={() => show(() => null)}
        />
      </div>
      <p id={hint} className="visually-hidden">
        {say('cloudKeys')}
      </p>
      <div className="visually-hidden" aria-live="polite">
        {pointed !== undefined && describe(pointed)}
      </div>
    </div>
  );
}

/** Many points are small and let what lies under them through. */
function dotFor({ x, y, order }: CloudPoints, region: Region) {
  let seen = 0;
  for (const at of order) {
    const [px, py] = [x[at] ?? Number.NaN, y[at] ?? Number.NaN];
    const isSeen =
      px >= region.x.min && px <= region.x.max && py >= region.y.min && py <= region.y.max;
    if (isSeen) seen += 1;
  }
  if (seen > 10_000) return { radius: 1.5, opacity: 0.55 };
  if (seen > 1000) return { radius: 2.2, opacity: 0.75 };
  return { radius: 3.5, opacity: 0.9 };
}

/** Colours as CSS writes them, variables resolved. */
function inTheme(element: HTMLElement, colours: readonly string[]): string[] {
  const names = colours.filter((colour) => colour.startsWith('--')).map((name) => name.slice(2));
  const found = themeColours(element, names);
  return colours.map((colour) => found[colour.slice(2)] ?? colour);
}

/** Kept from -2 to 2 more than `length`: what lies at an end there is not seen. */
function clipped(at: number, length: number): number {
  return Math.min(length + 2, Math.max(-2, at));
}

/** Six digits are finer than a pixel, and short in an address. */
function inShort({ x, y }: Region): Region {
  const short = ({ min, max }: NumberRange) => ({
    min: Number(min.toPrecision(6)),
    max: Number(max.toPrecision(6)),
  });
  return { x: short(x), y: short(y) };
}
