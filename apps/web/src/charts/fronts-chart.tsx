'use client';

import { useMemo } from 'react';
import { Axes, type AxisOf } from './axes.tsx';
import styles from './fronts-chart.module.css';
import { seriesColour } from './palette.ts';
import { staircase } from './staircase.ts';

export interface NamedFront {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Several fronts over each other, told apart by colour, by dash and by the number at their left end. */
export function FrontsChart({
  fronts,
  x,
  y,
  label,
}: {
  fronts: readonly NamedFront[];
  x: Omit<AxisOf, 'values'>;
  y: Omit<AxisOf, 'values'>;
  label: string;
}) {
  const { xs, ys } = useMemo(() => {
    const all = fronts.flatMap(({ points }) => points);
    return { xs: all.map((point) => point.x), ys: all.map((point) => point.y) };
  }, [fronts]);
  return (
    <>
      <Axes x={{ ...x, values: xs }} y={{ ...y, values: ys }} label={label}>
        {(plot) =>
          fronts.map(({ name, points }, at) => {
            const places = points.map((point) => ({ x: plot.x(point.x), y: plot.y(point.y) }));
            const [first] = places;
            return (
              <g key={at} style={{ color: seriesColour(at) }}>
                <title>{name}</title>
                <path
                  d={staircase(places, plot.right)}
                  className={styles.line}
                  strokeDasharray={at === 0 ? undefined : `${3 + 4 * at} 3`}
                />
                {first && (
                  <text x={first.x + 5} y={first.y - 5} className={styles.number}>
                    {at + 1}
                  </text>
                )}
              </g>
            );
          })
        }
      </Axes>
      <ul className={styles.legend}>
        {fronts.map(({ name }, at) => (
          <li key={at}>
            <svg width="30" height="10" aria-hidden="true" style={{ color: seriesColour(at) }}>
              <path
                d="M0 5H30"
                className={styles.line}
                strokeDasharray={at === 0 ? undefined : `${3 + 4 * at} 3`}
              />
            </svg>
            {at + 1}: {name}
          </li>
        ))}
      </ul>
    </>
  );
}
