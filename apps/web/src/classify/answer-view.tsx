'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { formatMilliseconds, formatShare } from '../ui/format.ts';
import styles from './answer-view.module.css';
import type { Answer } from './classifier.ts';

const shown = 5;

/** What the network takes an image for: the likeliest classes as bars, how long it took, and on what. */
export function AnswerView({
  square,
  size,
  answer: { shares, milliseconds },
  classes,
  label,
  name,
  backend,
}: {
  /** [size, size, 3], 0 to 255: as the network sees it. */
  square: Uint8ClampedArray;
  size: number;
  answer: Answer;
  classes: readonly string[];
  /** Position of the true class, where it is known. */
  label: number | undefined;
  name: string | undefined;
  backend: string;
}) {
  const say = useTranslations('classify');
  const best = shares
    .map((share, index) => ({ share, index }))
    .sort((a, b) => b.share - a.share)
    .slice(0, shown);
  const isRight = best[0]?.index === label;
  const truth = label === undefined ? undefined : (classes[label] ?? '');
  return (
    <section className={styles.answer} aria-label={say('answer')} aria-live="polite">
      <Seen square={square} size={size} label={say('seen', { size })} />
      <div className={styles.words}>
        <p className={styles.verdict}>
          {truth === undefined
            ? (name ?? '')
            : say(isRight ? 'isRight' : 'isWrong', { name: truth })}
        </p>
        <ol className={styles.bars}>
          {best.map(({ share, index }) => (
            <li key={index}>
              <span className={styles.class}>
                {classes[index] ?? index}
                {index === label && <span className={styles.truth}> {say('truth')}</span>}
              </span>
              <span className={styles.track}>
                <span style={{ width: `${100 * share}%` }} />
              </span>
              <span className={styles.share}>{formatShare(share)}</span>
            </li>
          ))}
        </ol>
        <p className={styles.note} data-volatile>
          {say('took', {
            time: formatMilliseconds(milliseconds),
            backend: say(`backend.${backend === 'webgl' ? 'webgl' : 'cpu'}`),
          })}
        </p>
      </div>
    </section>
  );
}

/** The image as it enters the network. */
function Seen({ square, size, label }: { square: Uint8ClampedArray; size: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    const image = pen.createImageData(size, size);
    for (let pixel = 0; pixel < size * size; pixel++) {
      image.data.set(square.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
      image.data[4 * pixel + 3] = 255;
    }
    pen.putImageData(image, 0, 0);
  }, [square, size]);
  return (
    <canvas
      ref={canvas}
      width={size}
      height={size}
      className={styles.seen}
      role="img"
      aria-label={label}
    />
  );
}
