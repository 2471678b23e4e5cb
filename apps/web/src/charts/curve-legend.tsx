'use client';

import { memo } from 'react';
import type { ChartSeries } from './curve-layer.ts';
import styles from './curve-legend.module.css';
import { readNear } from './curve-reading.ts';
import { seriesColour, seriesDash } from './palette.ts';

/** Names of curves with what they read at a step, or at their end; one that is meant stands out in the chart. */
export const CurveLegend = memo(function CurveLegend({
  series,
  hidden,
  onToggle,
  strong,
  onMean,
  step,
  format,
}: {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  onToggle?: (name: string) => void;
  strong: string | undefined;
  onMean: (name: string | undefined) => void;
  step: number | undefined;
  format: (value: number) => string;
}) {
  return (
    // Where nothing in it takes the focus, it does itself: it may have to be scrolled.
    <ul className={styles.legend} {...(onToggle === undefined ? { tabIndex: 0 } : {})}>
      {series.map(({ name, curve, colour }) => {
        const reading = readNear(curve, step ?? Number.MAX_SAFE_INTEGER);
        const inside = (
          <>
            <svg width="22" height="6" aria-hidden="true">
              <line
                x1="0"
                x2="22"
                y1="3"
                y2="3"
                stroke={seriesColour(colour)}
                strokeWidth="2.5"
                strokeDasharray={seriesDash(colour).join(' ')}
              />
            </svg>
            <span className={styles.name}>{name}</span>
            <span className={styles.value} data-volatile>
              {reading === undefined ? '–' : format(reading.value)}
            </span>
          </>
        );
        const mean = {
          onPointerEnter: () => onMean(name),
          onPointerLeave: () => onMean(undefined),
          'data-strong': name === strong || undefined,
        };
        return (
          <li key={name}>
            {onToggle === undefined ? (
              <span className={styles.entry} {...mean}>
                {inside}
              </span>
            ) : (
              <button
                type="button"
                className={styles.entry}
                aria-pressed={!hidden.has(name)}
                onClick={() => onToggle(name)}
                onFocus={() => onMean(name)}
                onBlur={() => onMean(undefined)}
                {...mean}
              >
                {inside}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
});
