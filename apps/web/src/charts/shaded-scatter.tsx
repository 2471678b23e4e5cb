'use client';

import { Axes, type AxisOf } from './axes.tsx';
import styles from './shaded-scatter.module.css';

export interface ShadedPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Half height of the bar through it; 0 for none. */
  readonly error: number;
  /** 0 weakest to 1 strongest. */
  readonly shade: number;
  readonly name: string;
}

/**
 * Points with error bars, shaded by a third figure. The one that is pointed at is told, so that
 * another chart can show it too.
 */
export function ShadedScatter({
  points,
  x,
  y,
  label,
  pointed,
  onPoint,
}: {
  points: readonly ShadedPoint[];
  x: Omit<AxisOf, 'values'>;
  y: Omit<AxisOf, 'values'>;
  label: string;
  pointed: string | undefined;
  onPoint: (id: string | undefined) => void;
}) {
  return (
    <Axes
      x={{ ...x, values: points.map((point) => point.x) }}
      y={{ ...y, values: points.flatMap(({ y: value, error }) => [value - error, value + error]) }}
      label={label}
    >
      {(plot) =>
        points.map((point) => {
          const cx = plot.x(point.x);
          const isPointed = point.id === pointed;
          return (
            <g
              key={point.id}
              onPointerEnter={() => onPoint(point.id)}
              onPointerLeave={() => onPoint(undefined)}
            >
              <title>{point.name}</title>
              <line
                x1={cx}
                x2={cx}
                y1={plot.y(point.y - point.error)}
                y2={plot.y(point.y + point.error)}
                className={styles.error}
              />
              <circle
                cx={cx}
                cy={plot.y(point.y)}
                r={isPointed ? 8 : 5.5}
                className={isPointed ? styles.pointed : styles.point}
                style={{
                  fill: `color-mix(in oklab, var(--dark) ${Math.round(100 * point.shade)}%, var(--light))`,
                }}
              />
            </g>
          );
        })
      }
    </Axes>
  );
}
