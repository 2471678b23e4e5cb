import type { ReactNode } from 'react';
import styles from './axes.module.css';
import { type LinearScale, scaleLinear, ticks } from './linear-scale.ts';
import { useWidth } from './use-width.ts';

export interface AxisOf {
  readonly name: string;
  /** What the axis must show. */
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

/** Inside of a chart in pixels. */
export interface Plot {
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const height = 300;
const margin = { left: 72, right: 14, top: 12, bottom: 44 };
/** Pixels that a number on the x axis needs for itself. */
const tickRoom = 58;

/** Two linear axes with a grid, as wide as there is room, and whatever is drawn on them. */
export function Axes({
  x: xAxis,
  y: yAxis,
  label,
  children,
}: {
  x: AxisOf;
  y: AxisOf;
  label: string;
  children: (plot: Plot) => ReactNode;
}) {
  const [host, width] = useWidth<HTMLDivElement>(640);
  const plot: Plot = {
    x: scaleLinear(xAxis.values, [margin.left, width - margin.right]),
    y: scaleLinear(yAxis.values, [height - margin.bottom, margin.top]),
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  const { x, y, left, right, top, bottom } = plot;
  const xMost = Math.max(2, Math.min(9, Math.floor((right - left) / tickRoom)));
  return (
    <div ref={host} className={styles.host}>
      <svg width={width} height={height} className={styles.chart} role="img" aria-label={label}>
        {ticks(x.domain, xMost).map((value) => (
          <g key={`x${value}`} transform={`translate(${x(value)} 0)`}>
            <line y1={top} y2={bottom} className={styles.grid} />
            <text y={bottom + 17} textAnchor="middle">
              {xAxis.format(value)}
            </text>
          </g>
        ))}
        {ticks(y.domain).map((value) => (
          <g key={`y${value}`} transform={`translate(0 ${y(value)})`}>
            <line x1={left} x2={right} className={styles.grid} />
            <text x={left - 8} dy="0.32em" textAnchor="end">
              {yAxis.format(value)}
            </text>
          </g>
        ))}
        <text x={(left + right) / 2} y={height - 6} textAnchor="middle" className={styles.name}>
          {xAxis.name}
        </text>
        <text
          transform={`translate(13 ${(top + bottom) / 2}) rotate(-90)`}
          textAnchor="middle"
          className={styles.name}
        >
          {yAxis.name}
        </text>
        {children(plot)}
      </svg>
    </div>
  );
}
