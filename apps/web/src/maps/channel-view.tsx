'use client';

import { useTranslations } from 'next-intl';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useState,
} from 'react';
import { formatFeature } from '../ui/format.ts';
import styles from './channel-view.module.css';
import { planeOf } from './feature-planes.ts';
import { MapCanvas } from './map-canvas.tsx';
import { colouringOf, type Picture } from './map-rows.ts';
import { ScaleLegend } from './scale-legend.tsx';

/** A place in a map, from 0. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** One channel, large: the same place is read in all of its maps, by pointer, finger and key. */
export function ChannelView({
  picture,
  channel,
  image,
}: {
  picture: Picture;
  channel: number;
  /** Stands before the maps, the place that is read marked in it. */
  image: (spot: Spot | undefined) => ReactNode;
}) {
  const say = useTranslations('maps.channel');
  const hint = useId();
  const [spot, onSpot] = useState<Spot>();
  const { rows, size, errors, besideErrors, scaleOf } = picture;
  const scale = scaleOf(channel);
  const own = errors[channel];
  const beside = besideErrors?.[channel];
  const at = ({ row, column }: Spot) => row * size + column;
  const point = (event: PointerEvent<HTMLElement>) => {
    const map = (event.target as Element).closest('[data-map]');
    if (map === null) return;
    const { left, top, width, height } = map.getBoundingClientRect();
    const place = (share: number) => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    onSpot({
      row: place((event.clientY - top) / height),
      column: place((event.clientX - left) / width),
    });
  };
  const step = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onSpot(undefined);
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const within = (value: number) => Math.min(size - 1, Math.max(0, value));
    const middle = Math.floor(size / 2);
    onSpot(
      spot === undefined
        ? { row: middle, column: middle }
        : { row: within(spot.row + by[0]), column: within(spot.column + by[1]) },
    );
  };
  const told =
    spot &&
    `${say('place', { row: String(spot.row), column: String(spot.column) })}: ${rows
      .map(({ name, maps }) => {
        const value = planeOf(maps, channel)[at(spot)] ?? Number.NaN;
        return `${name} ${formatFeature(value)}`;
      })
      .join(' · ')}`;
  const title = say('title', { channel: String(channel) });
  return (
    <section className={styles.view} aria-label={title}>
      <div
        role="application"
        aria-label={say('maps', { channel: String(channel) })}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is read by keys
        tabIndex={0}
        className={styles.maps}
        style={{ '--maps': rows.length + 1 } as CSSProperties}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => onSpot(undefined)}
        onKeyDown={step}
        onBlur={() => onSpot(undefined)}
      >
        {image(spot)}
        {rows.map(({ key, name, maps, kind }) => (
          <figure key={key} className={styles.map}>
            <div className={styles.frame} data-map>
              <MapCanvas maps={maps} channel={channel} colouring={colouringOf(kind, scale)} />
              {spot && <Mark spot={spot} size={size} />}
            </div>
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
      <div className={styles.words}>
        <h3>{title}</h3>
        {own && (
          <p className={styles.note}>
            {beside === undefined ? (
              <>
                {say('error', { error: own.error.toPrecision(3) })}{' '}
                {own.own === null ? say('dead') : say('own', { own: own.own.toPrecision(3) })}
              </>
            ) : (
              say('errors', { a: own.error.toPrecision(3), b: beside.error.toPrecision(3) })
            )}
          </p>
        )}
        <p id={hint} className="visually-hidden">
          {say('keys')}
        </p>
        <p className={styles.told} aria-live="polite">
          {told ?? <span className={styles.note}>{say('hint')}</span>}
        </p>
        <ScaleLegend scale={scale} />
      </div>
    </section>
  );
}

/** The box around a place of something that is as wide and high as a map. */
export function Mark({ spot: { row, column }, size }: { spot: Spot; size: number }) {
  const share = (value: number) => `${(100 * value) / size}%`;
  return (
    <span
      className={styles.mark}
      style={{ left: share(column), top: share(row), width: share(1), height: share(1) }}
      aria-hidden
    />
  );
}
