'use client';

import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Curve } from '../live/curve-store.ts';
import styles from './curve-chart.module.css';
import { seriesColour, seriesDash } from './palette.ts';

export interface ChartSeries {
  readonly name: string;
  readonly curve: Curve;
  /** Position in the palette; stays with the series when others are hidden. */
  readonly colour: number;
}

const height = 280;

/** Curves over steps, with a logarithmic value axis where losses ask for it. */
export function CurveChart({
  series,
  label,
  logarithmic,
}: {
  series: readonly ChartSeries[];
  label: string;
  logarithmic: boolean;
}) {
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const axis: uPlot.Axis = {
      stroke: style.getPropertyValue('--muted'),
      grid: { stroke: style.getPropertyValue('--line'), width: 1 },
      ticks: { stroke: style.getPropertyValue('--line') },
      font: `12px ${style.fontFamily}`,
    };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
        axes: [
          { ...axis, label: 'step', labelSize: 20, labelFont: `12px ${style.fontFamily}` },
          { ...axis, size: 64 },
        ],
        series: [
          {},
          ...series.map(({ name, colour }) => ({
            label: name,
            stroke: seriesColour(colour),
            dash: seriesDash(colour),
            width: 1.5,
            spanGaps: true,
            points: { show: false },
          })),
        ],
      },
      uPlot.join(
        series.map(({ curve }) => [
          curve.steps,
          // A logarithmic axis has no place for zero.
          logarithmic ? curve.values.map((value) => (value > 0 ? value : null)) : curve.values,
        ]),
      ),
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [series, logarithmic]);

  return <div ref={host} className={styles.chart} role="img" aria-label={label} />;
}
