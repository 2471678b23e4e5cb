import { type ReactNode, useMemo } from 'react';
import styles from './axes.module.css';
import { AxisLines, type Inside } from './axis-lines.tsx';
import { type LinearScale, scaleLinear, ticks } from './linear-scale.ts';
import { useWidth } from './use-width.ts';

export interface AxisOf {
  readonly name: string;
  /** What the axis must show; the same list keeps the same scale. */
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

/** Inside of a chart in pixels. */
export interface Plot extends Inside {
  readonly x: LinearScale;
  readonly y: LinearScale;
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
  const plot = useMemo(
    (): Plot => ({
      x: scaleLinear(xAxis.values, [margin.left, width - margin.right]),
      y: scaleLinear(yAxis.values, [height - margin.bottom, margin.top]),
      left: margin.left,
      right: width - margin.right,
      top: margin.top,
      bottom: height - margin.bottom,
    }),
    [xAxis.values, yAxis.values, width],
  );
  const { x, y, left, right } = plot;
  const xMost = Math.max(2, Math.min(9, Math.floor((right - left) / tickRoom)));
  const marks = (scale: LinearScale, format: AxisOf['format'], most?: number) =>
    ticks(scale.domain, most).map((value) => ({ at: scale(value), text: format(value) }));
  return (
    <div ref={host} className={styles.host}>
      <AxisLines
        width={width}
        height={height}
        inside={plot}
        x={{ name: xAxis.name, ticks: marks(x, xAxis.format, xMost) }}
        y={{ name: yAxis.name, ticks: marks(y, yAxis.format) }}
        label={label}
      >
        {children(plot)}
      </AxisLines>
    </div>
  );
}
