'use client';

import { Axes } from './axes.tsx';
import styles from './scatter-chart.module.css';

export interface ScatterPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Points on two linear axes; `marked` is drawn on top, larger. */
export function ScatterChart({
  points,
  marked,
  xName,
  yName,
  formatX,
  formatY,
  label,
}: {
  points: readonly ScatterPoint[];
  marked: string | undefined;
  xName: string;
  yName: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  label: string;
}) {
  const best = points.find((point) => point.id === marked);
  return (
    <Axes
      x={{ name: xName, values: points.map((p) => p.x), format: formatX }}
      y={{ name: yName, values: points.map((p) => p.y), format: formatY }}
      label={label}
    >
      {({ x, y }) => (
        <>
          {points.map((point) => (
            <circle key={point.id} cx={x(point.x)} cy={y(point.y)} r="3" className={styles.point}>
              <title>{`${point.id}: ${formatX(point.x)}, ${formatY(point.y)}`}</title>
            </circle>
          ))}
          {best && (
            <circle cx={x(best.x)} cy={y(best.y)} r="6" className={styles.best}>
              <title>{`best: ${best.id}`}</title>
            </circle>
          )}
        </>
      )}
    </Axes>
  );
}
