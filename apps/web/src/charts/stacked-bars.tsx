'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { AxisLines } from './axis-lines.tsx';
import { ticks } from './linear-scale.ts';
import { seriesColour } from './palette.ts';
import styles from './stacked-bars.module.css';
import { useWidth } from './use-width.ts';

export interface BarSeries {
  readonly name: string;
  /** One for each part, from 0. */
  readonly values: readonly number[];
}

export interface BarPart {
  /** In full, for who reads it. */
  readonly name: string;
  /** In short, under the axis. */
  readonly tick: string;
}

const height = 260;
const margin = { left: 62, right: 22, top: 12, bottom: 44 };
/** Pixels that a name under the axis needs for itself. */
const tickRoom = 60;
/** Between two bars, as a share of what a part is wide. */
const gap = 0.22;

/** Amounts of several series on top of each other, part by part; read by pointer and by arrow keys. */
export function StackedBars({
  series,
  parts,
  label,
  xName,
  yName,
  formatTick,
  format,
}: {
  series: readonly BarSeries[];
  parts: readonly BarPart[];
  /** What the picture shows, in words. */
  label: string;
  xName: string;
  yName: string;
  /** A round value of the axis, whose name says the unit. */
  formatTick: (value: number) => string;
  /** A value with its unit. */
  format: (value: number) => string;
}) {
  const say = useTranslations('charts');
  const hint = useId();
  const [host, width] = useWidth<HTMLDivElement>(640);
  const [read, setRead] = useState<number>();
  // What is not laid out yet has no width.
  const right = Math.max(width - margin.right, margin.left + parts.length);
  const bottom = height - margin.bottom;
  const each = (right - margin.left) / parts.length;
  const sums = parts.map((_, part) => sumAt(series, part));
  const highest = Math.max(...sums, Number.MIN_VALUE);
  const y = (value: number) => bottom - (value / (highest * 1.04)) * (bottom - margin.top);
  const center = (part: number) => margin.left + (part + 0.5) * each;
  const every = Math.max(1, Math.ceil(tickRoom / each));
  // Counted from the last one, which is now.
  const named = parts.flatMap(({ tick }, part) =>
    (parts.length - 1 - part) % every === 0 ? [{ at: center(part), text: tick }] : [],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const last = parts.length - 1;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, (read ?? last + 1) - 1),
      ArrowRight: Math.min(last, (read ?? last - 1) + 1),
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') setRead(undefined);
    if (next === undefined) return;
    event.preventDefault();
    setRead(next);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const part = Math.floor((event.clientX - left - margin.left) / each);
    setRead(part >= 0 && part < parts.length ? part : undefined);
  };
  const reading = read === undefined ? undefined : parts[read];

  return (
    <div>
      <div
        ref={host}
        role="application"
        aria-label={label}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is read by keys
        tabIndex={0}
        className={styles.host}
        data-volatile
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setRead(undefined)}
        onBlur={() => setRead(undefined)}
      >
        <AxisLines
          width={width}
          height={height}
          inside={{ left: margin.left, right, top: margin.top, bottom }}
          x={{ name: xName, ticks: named }}
          y={{
            name: yName,
            ticks: ticks([0, highest * 1.04], 5).map((value) => ({
              at: y(value),
              text: formatTick(value),
            })),
          }}
        >
          {read !== undefined && (
            <rect
              x={margin.left + read * each}
              width={each}
              y={margin.top}
              height={bottom - margin.top}
              className={styles.read}
            />
          )}
          {parts.map((part, at) => {
            let below = 0;
            return (
              <g key={part.name}>
                {series.map(({ name, values }, i) => {
                  const value = values[at] ?? 0;
                  const from = below;
                  below += value;
                  if (value === 0) return null;
                  return (
                    <rect
                      key={name}
                      x={center(at) - (each * (1 - gap)) / 2}
                      width={each * (1 - gap)}
                      y={y(below)}
                      height={y(from) - y(below)}
                      fill={seriesColour(i)}
                      className={styles.bar}
                    />
                  );
                })}
              </g>
            );
          })}
        </AxisLines>
      </div>
      <p id={hint} className="visually-hidden">
        {say('barKeys')}
      </p>
      <p className={styles.reading} aria-live="polite">
        {reading === undefined || read === undefined ? (
          say('allParts')
        ) : (
          <>
            {reading.name} <strong data-volatile>{format(sums[read] ?? 0)}</strong>
          </>
        )}
      </p>
      <ul className={styles.legend}>
        {series.map(({ name, values }, i) => (
          <li key={name}>
            <span className={styles.swatch} style={{ background: seriesColour(i) }} aria-hidden />
            <span>{name}</span>
            <strong data-volatile>
              {format(read === undefined ? sumOf(values) : (values[read] ?? 0))}
            </strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function sumAt(series: readonly BarSeries[], part: number): number {
  return series.reduce((sum, { values }) => sum + (values[part] ?? 0), 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
