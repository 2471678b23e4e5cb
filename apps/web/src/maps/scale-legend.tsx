'use client';

import { useTranslations } from 'next-intl';
import { rampBackground } from '../charts/colour-ramp.ts';
import { divergingColours } from '../charts/diverging.ts';
import { sequentialColours } from '../charts/sequential.ts';
import { formatFeature } from '../ui/format.ts';
import type { MapScale } from './map-scale.ts';
import styles from './scale-legend.module.css';

/** What the colours stand for, in numbers. */
export function ScaleLegend({ scale: { least, greatest, half } }: { scale: MapScale }) {
  const say = useTranslations('maps.legend');
  return (
    <ul className={styles.legend}>
      <Ramp
        name={say('maps')}
        stops={sequentialColours}
        numbers={[least, (least + greatest) / 2, greatest]}
      />
      <Ramp name={say('difference')} stops={divergingColours} numbers={[-half, 0, half]} />
    </ul>
  );
}

function Ramp({
  name,
  stops,
  numbers,
}: {
  name: string;
  stops: readonly string[];
  numbers: readonly number[];
}) {
  return (
    <li>
      <span className={styles.name}>{name}</span>
      <span className={styles.ramp}>
        <span className={styles.bar} style={{ background: rampBackground(stops) }} />
        <span className={styles.numbers}>
          {numbers.map((value, at) => (
            <span key={at}>{formatFeature(value)}</span>
          ))}
        </span>
      </span>
    </li>
  );
}
