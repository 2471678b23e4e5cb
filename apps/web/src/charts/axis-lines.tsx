import type { ReactNode, Ref } from 'react';
import styles from './axes.module.css';

export interface Tick {
  /** Pixels from the left or the top of the picture. */
  readonly at: number;
  readonly text: string;
}

/** The inside of a chart in pixels of the picture. */
export interface Inside {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Grid, numbers and names of two axes, under what stands in them. */
export function AxisLines({
  width,
  height,
  inside: { left, right, top, bottom },
  x,
  y,
  label,
  picture,
  children,
}: {
  width: number;
  height: number;
  inside: Inside;
  x: { readonly name: string; readonly ticks: readonly Tick[] };
  y: { readonly name: string; readonly ticks: readonly Tick[] };
  /** What the picture shows, in words; a part of a larger picture has none. */
  label?: string;
  picture?: Ref<SVGSVGElement>;
  children?: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label, or is hidden where it is a part of a picture
    <svg
      ref={picture}
      width={width}
      height={height}
      className={styles.chart}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {x.ticks.map(({ at, text }, i) => (
        <g key={`x${i}`} transform={`translate(${at} 0)`}>
          <line y1={top} y2={bottom} className={styles.grid} />
          <text y={bottom + 17} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      {y.ticks.map(({ at, text }, i) => (
        <g key={`y${i}`} transform={`translate(0 ${at})`}>
          <line x1={left} x2={right} className={styles.grid} />
          <text x={left - 8} dy="0.32em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      <text x={(left + right) / 2} y={height - 6} textAnchor="middle" className={styles.name}>
        {x.name}
      </text>
      <text
        transform={`translate(13 ${(top + bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
        className={styles.name}
      >
        {y.name}
      </text>
      {children}
    </svg>
  );
}
