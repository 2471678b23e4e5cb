'use client';

import { useWidth } from '../charts/use-width.ts';
import { formatCorrelation } from '../ui/format.ts';
import styles from './rank-picture.module.css';
import type { Estimate } from './report.ts';

export interface RankRow {
  readonly key: string;
  readonly name: string;
  /** What is asked about; the others are beside it to compare. */
  readonly isMain: boolean;
  readonly estimate: Estimate;
}

export interface RankGroup {
  readonly name: string;
  readonly rows: readonly RankRow[];
}

const rowHeight = 24;
const headHeight = 30;
const axisHeight = 26;
const margin = { left: 118, right: 150 };
const marks = [-1, -0.5, 0, 0.5, 1];

/** Correlations as a dot with its 95% interval on a line from −1 to 1, a group for every measure. */
export function RankPicture({ groups, label }: { groups: readonly RankGroup[]; label: string }) {
  const [host, width] = useWidth<HTMLDivElement>(640);
  const left = margin.left;
  const right = Math.max(left + 80, width - margin.right);
  const x = (value: number) => left + ((right - left) * (value + 1)) / 2;
  const tops = [0];
  for (const { rows } of groups) {
    tops.push((tops.at(-1) ?? 0) + headHeight + rowHeight * rows.length);
  }
  const bottom = tops.at(-1) ?? 0;
  return (
    <div ref={host} className={styles.host}>
      <svg
        width={width}
        height={bottom + axisHeight}
        role="img"
        aria-label={label}
        className={styles.picture}
      >
        {marks.map((value) => (
          <g key={value} transform={`translate(${x(value)} 0)`}>
            <line y1={8} y2={bottom + 4} className={value === 0 ? styles.zero : styles.grid} />
            <text y={bottom + 19} textAnchor="middle">
              {formatCorrelation(value)}
            </text>
          </g>
        ))}
        {groups.map((group, place) => (
          <g key={group.name} transform={`translate(0 ${tops[place] ?? 0})`}>
            <text x={0} y={headHeight - 9} className={styles.name}>
              {group.name}
            </text>
            {group.rows.map(({ key, name, isMain, estimate: { value, low, high } }, row) => (
              <g
                key={key}
                transform={`translate(0 ${headHeight + rowHeight * (row + 0.5)})`}
                className={isMain ? styles.main : styles.other}
              >
                <title>{`${name}: ${words({ value, low, high })}`}</title>
                <text x={8} dy="0.34em">
                  {name}
                </text>
                {low != null && high != null && (
                  <line x1={x(low)} x2={x(high)} className={styles.interval} />
                )}
                {value != null &&
                  (isMain ? (
                    <circle cx={x(value)} r={6} className={styles.dot} />
                  ) : (
                    <rect x={x(value) - 4} y={-4} width={8} height={8} className={styles.dot} />
                  ))}
                <text x={right + 10} dy="0.34em">
                  {words({ value, low, high })}
                </text>
              </g>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

function words({ value, low, high }: Estimate): string {
  if (value == null) return '–';
  if (low == null || high == null) return formatCorrelation(value);
  return `${formatCorrelation(value)} (${formatCorrelation(low)}…${formatCorrelation(high)})`;
}
