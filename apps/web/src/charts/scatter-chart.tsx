'use client';

import { scaleLinear, ticks } from './linear-scale.ts';
import styles from './scatter-chart.module.css';

export interface ScatterPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

const width = 640;
const height = 300;
const margin = { left: 76, right: 12, top: 10, bottom: 42 };

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
  const x = scaleLinear(
    points.map((p) => p.x),
    [margin.left, width - margin.right],
  );
  const y = scaleLinear(
    points.map((p) => p.y),
    [height - margin.bottom, margin.top],
  );
  const best = points.find((point) => point.id === marked);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={styles.chart} role="img" aria-label={label}>
      {ticks(x.domain).map((value) => (
        <g key={`x${value}`} transform={`translate(${x(value)} 0)`}>
          <line y1={margin.top} y2={height - margin.bottom} className={styles.grid} />
          <text y={height - margin.bottom + 16} textAnchor="middle">
            {formatX(value)}
          </text>
        </g>
      ))}
      {ticks(y.domain).map((value) => (
        <g key={`y${value}`} transform={`translate(0 ${y(value)})`}>
          <line x1={margin.left} x2={width - margin.right} className={styles.grid} />
          <text x={margin.left - 8} dy="0.32em" textAnchor="end">
            {formatY(value)}
          </text>
        </g>
      ))}
      <text x={(margin.left + width) / 2} y={height - 6} textAnchor="middle">
        {xName}
      </text>
      <text transform={`translate(14 ${height / 2}) rotate(-90)`} textAnchor="middle">
        {yName}
      </text>
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
    </svg>
  );
}
