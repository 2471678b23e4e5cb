'use client';

import { useTranslations } from 'next-intl';
import styles from './sample-grid.module.css';
import type { Samples } from './use-samples.ts';

/** Pixels a side of a sample in the grid. */
const side = 44;

/** Samples of the test part as buttons; those that were classified say whether the guess was right. */
export function SampleGrid({
  samples: { picture, size, columns, count, labels },
  classes,
  guesses,
  chosen,
  onChoose,
}: {
  samples: Samples;
  classes: readonly string[];
  /** Guessed classes by sample. */
  guesses: ReadonlyMap<number, number>;
  chosen: number | null;
  onChoose: (index: number) => void;
}) {
  const say = useTranslations('classify');
  return (
    <ul className={styles.grid}>
      {Array.from({ length: count }, (_, index) => {
        const name = classes[labels[index] ?? -1] ?? '';
        const guess = guesses.get(index);
        const isRight = guess === labels[index];
        const told =
          guess === undefined
            ? name
            : isRight
              ? say('toldRight', { name })
              : say('toldWrong', { name, guess: classes[guess] ?? '' });
        return (
          <li key={index}>
            <button
              type="button"
              aria-pressed={chosen === index}
              aria-label={say('sample', { number: index + 1, told })}
              title={told}
              className={styles.sample}
              style={{
                width: side,
                height: side,
                backgroundImage: `url(${picture})`,
                backgroundSize: `${columns * side}px`,
                backgroundPosition: `${-(index % columns) * side}px ${-Math.floor(index / columns) * side}px`,
                imageRendering: size < side ? 'pixelated' : 'auto',
              }}
              onClick={() => onChoose(index)}
            >
              {guess !== undefined && (
                <span className={isRight ? styles.right : styles.wrong} aria-hidden>
                  {isRight ? '✓' : '✗'}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
