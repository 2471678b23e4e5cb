'use client';

import { useTranslations } from 'next-intl';
import type { Samples } from '../classify/use-samples.ts';
import { Mark, type Spot } from './channel-view.tsx';
import styles from './input-image.module.css';

/** The image that teacher and student see, with where the place that is read lies in it. */
export function InputImage({
  samples: { picture, size, columns, labels },
  sample,
  classes,
  spot,
  mapSize,
}: {
  samples: Samples;
  sample: number;
  classes: readonly string[];
  spot: Spot | undefined;
  mapSize: number;
}) {
  const say = useTranslations('maps.image');
  const name = classes[labels[sample] ?? -1] ?? '';
  const at = (position: number, count: number) =>
    count > 1 ? `${(100 * position) / (count - 1)}%` : '0%';
  const rows = Math.ceil(labels.length / columns);
  return (
    <figure className={styles.image}>
      <div
        className={styles.picture}
        role="img"
        aria-label={say('label', { name, size: String(size) })}
        style={{
          backgroundImage: `url(${picture})`,
          backgroundSize: `${100 * columns}% auto`,
          backgroundPosition: `${at(sample % columns, columns)} ${at(Math.floor(sample / columns), rows)}`,
          imageRendering: size < 160 ? 'pixelated' : 'auto',
        }}
      >
        {spot && <Mark spot={spot} size={mapSize} />}
      </div>
      <figcaption>
        <strong>{name}</strong> {say('size', { size: String(size) })}
      </figcaption>
    </figure>
  );
}
