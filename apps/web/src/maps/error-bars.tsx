'use client';

import { useTranslations } from 'next-intl';
import { useWidth } from '../charts/use-width.ts';
import styles from './error-bars.module.css';
import type { Picture } from './map-rows.ts';

const height = 56;
/** A bar is no wider, with its gap. */
const widest = 32;

/** The error of every channel, in the order of the picture; a bar leads to its channel. */
export function ErrorBars({
  picture: { errors, besideErrors, order },
  chosen,
  onChoose,
}: {
  picture: Picture;
  chosen: number;
  onChoose: (channel: number) => void;
}) {
  const say = useTranslations('maps.bars');
  const [host, width] = useWidth<HTMLDivElement>(1000);
  const most = Math.max(
    ...errors.map(({ error }) => error),
    ...(besideErrors ?? []).map(({ error }) => error),
    Number.MIN_VALUE,
  );
  const step = Math.min(widest, width / Math.max(1, order.length));
  const bar = Math.max(0.5, step - (step > 3 ? 1 : 0));
  const top = (error: number | undefined) => height - ((error ?? 0) / most) * (height - 2);
  return (
    <div ref={host} className={styles.bars}>
      <p className={styles.note}>
        {say('about', { most: most.toPrecision(3) })} {besideErrors && say('beside')}
      </p>
      {/* The channels below say the same to who does not point. */}
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        onClick={({ nativeEvent: { offsetX } }) => {
          const channel = order[Math.floor(offsetX / step)];
          if (channel !== undefined) onChoose(channel);
        }}
      >
        {order.map((channel, at) => {
          const y = top(errors[channel]?.error);
          const other = besideErrors?.[channel];
          return (
            <g key={channel}>
              <title>
                {say('bar', {
                  channel: String(channel),
                  error: (errors[channel]?.error ?? 0).toPrecision(3),
                })}
              </title>
              <rect x={at * step} y={0} width={step} height={height} className={styles.ground} />
              <rect
                x={at * step}
                y={y}
                width={bar}
                height={height - y}
                className={channel === chosen ? styles.chosen : styles.bar}
              />
              {other && (
                <rect
                  x={at * step}
                  y={top(other.error) - 1}
                  width={bar}
                  height={2}
                  className={styles.other}
                />
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
