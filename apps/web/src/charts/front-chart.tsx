'use client';

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

/** Points are drawn up to so many; the line alone tells more. */
const mostDots = 400;
/** Pixels: of a mark with its number, and of one that stands too near to a better one's number. */
const markRadius = 8.5;
const smallRadius = 4;

/**
 * A front of two axes as a staircase, numbered marks on it, and what a bound on x shuts out in grey.
 */
export function FrontChart({
  front,
  marks,
  bound,
  x,
  y,
  label,
}: {
  front: readonly FrontPoint[];
  marks: readonly FrontPoint[];
  bound: { readonly min?: number; readonly max?: number };
  x: Omit<AxisOf, 'values'>;
  y: Omit<AxisOf, 'values'>;
  label: string;
}) {
  const all = [...front, ...marks];
  return (
    <Axes
      x={{ ...x, values: all.map((point) => point.x) }}
      y={{ ...y, values: all.map((point) => point.y) }}
      label={label}
    >
      {(plot) => (
        <>
          <Shut plot={plot} bound={bound} />
          <path d={staircase(inPixels(plot, front), plot.right)} className={styles.line} />
          {front.length <= mostDots &&
            front.map((point) => (
              <circle
                key={`${point.x} ${point.y}`}
                cx={plot.x(point.x)}
                cy={plot.y(point.y)}
                r={front.length > 100 ? 1.8 : 2.5}
                className={styles.dot}
              >
                <title>{point.name}</title>
              </circle>
            ))}
          <Marks plot={plot} marks={marks} />
        </>
      )}
    </Axes>
  );
}

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

/** What lies outside the bound. */
function Shut({
  plot: { x, left, right, top, bottom },
  bound: { min, max },
}: {
  plot: Plot;
  bound: { readonly min?: number; readonly max?: number };
}) {
  const inside = (value: number) => Math.min(right, Math.max(left, x(value)));
  return (
    <>
      {min !== undefined && (
        <rect
          x={left}
          y={top}
          width={inside(min) - left}
          height={bottom - top}
          className={styles.shut}
        />
      )}
      {max !== undefined && (
        <rect
          x={inside(max)}
          y={top}
          width={right - inside(max)}
          height={bottom - top}
          className={styles.shut}
        />
      )}
    </>
  );
}
