'use client';

import { memo, useMemo, useRef } from 'react';
import { Axes, type AxisOf, type Plot } from './axes.tsx';
import styles from './front-chart.module.css';
import { type PixelPoint, staircase } from './staircase.ts';
import { standApart } from './stand-apart.ts';

export interface FrontPoint {
  readonly x: number;
  readonly y: number;
  /** Told when the point is pointed at. */
  readonly name: string;
}

export interface ShownBound {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Points are drawn up to so many; the line alone tells more. */
const mostDots = 400;
/** Pixels: of a mark with its number, and of one that stands too near to a better one's number. */
const markRadius = 8.5;
const smallRadius = 4;
/** Pixels along x from which a point is pointed at. */
const reach = 24;

/**
 * A front of two axes as a staircase, numbered marks on it, and what bounds shut out in grey. A point
 * of the front is pointed at with the mouse, or with the arrow keys when the chart has the focus.
 */
export function FrontChart({
  front,
  marks,
  bounds = {},
  x,
  y,
  label,
  pointed,
  onPoint,
  onChoose,
}: {
  front: readonly FrontPoint[];
  marks: readonly FrontPoint[];
  bounds?: { readonly x?: ShownBound | undefined; readonly y?: ShownBound | undefined };
  x: Omit<AxisOf, 'values'>;
  y: Omit<AxisOf, 'values'>;
  label: string;
  /** Index of the point of the front that is pointed at. */
  pointed?: number | undefined;
  onPoint?: (index: number | undefined) => void;
  onChoose?: (index: number) => void;
}) {
  const { xs, ys } = useSeen(front, marks);
  const here = pointed === undefined ? undefined : front[pointed];
  return (
    <div className={styles.chart}>
      {onPoint && front.length > 0 && (
        <input
          type="range"
          className="visually-hidden"
          aria-label={label}
          aria-valuetext={(here ?? front[0])?.name}
          min={0}
          max={front.length - 1}
          value={pointed ?? 0}
          onFocus={() => onPoint(pointed ?? 0)}
          onBlur={() => onPoint(undefined)}
          onChange={(event) => onPoint(event.target.valueAsNumber)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onChoose?.(pointed ?? 0);
          }}
        />
      )}
      <Axes x={{ ...x, values: xs }} y={{ ...y, values: ys }} label={label}>
        {(plot) => (
          <>
            <Shut plot={plot} x={bounds.x} y={bounds.y} />
            <FrontLine plot={plot} front={front} />
            <Marks plot={plot} marks={marks} />
            {here && (
              <circle
                cx={plot.x(here.x)}
                cy={plot.y(here.y)}
                r={markRadius - 2}
                className={styles.pointed}
              />
            )}
            {onPoint && (
              // biome-ignore lint/a11y/noStaticElementInteractions: the slider above does the same for the keyboard
              <rect
                x={plot.left}
                y={plot.top}
                width={Math.max(0, plot.right - plot.left)}
                height={plot.bottom - plot.top}
                className={styles.hand}
                onPointerMove={({ clientX, currentTarget }) => {
                  const at = clientX - currentTarget.getBoundingClientRect().left + plot.left;
                  const index = nearest(plot, front, at);
                  if (index !== pointed) onPoint(index);
                }}
                onPointerLeave={() => onPoint(undefined)}
                onClick={() => pointed !== undefined && onChoose?.(pointed)}
              />
            )}
          </>
        )}
      </Axes>
    </div>
  );
}

/** What the axes must show: the front, and marks beside it; while the front stays, they never shrink. */
function useSeen(front: readonly FrontPoint[], marks: readonly FrontPoint[]): Seen {
  const own = useMemo(
    () => ({ xs: front.map(({ x }) => x), ys: front.map(({ y }) => y) }),
    [front],
  );
  const seen = useRef<Seen & { own: Seen }>({ own, ...own });
  const before: Seen = seen.current.own === own ? seen.current : own;
  const [xs, ys] = [marks.map(({ x }) => x), marks.map(({ y }) => y)];
  seen.current = { own, xs: widened(before.xs, xs), ys: widened(before.ys, ys) };
  return seen.current;
}

interface Seen {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The same list when the others lie between its own. */
function widened(values: readonly number[], others: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const outside = others.filter((value) => value < low || value > high);
  return outside.length === 0 ? values : [low, high, ...outside].filter(Number.isFinite);
}

const FrontLine = memo(function FrontLine({
  plot,
  front,
}: {
  plot: Plot;
  front: readonly FrontPoint[];
}) {
  return (
    <>
      <path d={staircase(inPixels(plot, front), plot.right)} className={styles.line} />
      {front.length <= mostDots &&
        front.map((point) => (
          <circle
            key={`${point.x} ${point.y}`}
            cx={plot.x(point.x)}
            cy={plot.y(point.y)}
            r={front.length > 100 ? 1.8 : 2.5}
            className={styles.dot}
          />
        ))}
    </>
  );
});

/** The first on top; those that would hide behind a better one's number are small rings. */
function Marks({ plot, marks }: { plot: Plot; marks: readonly FrontPoint[] }) {
  const places = inPixels(plot, marks);
  const apart = standApart(places, 2 * markRadius);
  return marks
    .map((mark, place) => ({ ...mark, place, isApart: apart[place] === true }))
    .sort((a, b) => Number(a.isApart) - Number(b.isApart) || b.place - a.place)
    .map(({ name, place, isApart }) => (
      <g key={place} transform={`translate(${places[place]?.x} ${places[place]?.y})`}>
        <title>{name}</title>
        <circle r={isApart ? markRadius : smallRadius} className={styles.mark} />
        {isApart && (
          <text dy="0.34em" textAnchor="middle" className={styles.place}>
            {place + 1}
          </text>
        )}
      </g>
    ));
}

function inPixels({ x, y }: Plot, points: readonly FrontPoint[]): PixelPoint[] {
  return points.map((point) => ({ x: x(point.x), y: y(point.y) }));
}

function nearest({ x }: Plot, front: readonly FrontPoint[], at: number): number | undefined {
  let found: number | undefined;
  let least = reach;
  for (const [index, point] of front.entries()) {
    const distance = Math.abs(x(point.x) - at);
    if (distance < least) [found, least] = [index, distance];
  }
  return found;
}

/** What lies outside the bounds of both axes. */
function Shut({
  plot: { x, y, left, right, top, bottom },
  x: boundX = {},
  y: boundY = {},
}: {
  plot: Plot;
  x: ShownBound | undefined;
  y: ShownBound | undefined;
}) {
  const acrossX = (value: number) => Math.min(right, Math.max(left, x(value)));
  const acrossY = (value: number) => Math.min(bottom, Math.max(top, y(value)));
  const strips = [
    boundX.min !== undefined && [left, top, acrossX(boundX.min), bottom],
    boundX.max !== undefined && [acrossX(boundX.max), top, right, bottom],
    boundY.min !== undefined && [left, acrossY(boundY.min), right, bottom],
    boundY.max !== undefined && [left, top, right, acrossY(boundY.max)],
  ];
  return strips.map((strip, place) => {
    if (strip === false) return null;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = strip;
    return (
      <rect
        key={place}
        x={x1}
        y={y1}
        width={Math.max(0, x2 - x1)}
        height={Math.max(0, y2 - y1)}
        className={styles.shut}
      />
    );
  });
}
