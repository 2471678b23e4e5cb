'use client';

import { type OneNetworkFragment, RetrainingResultsDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useApi } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import styles from './class-results.module.css';
import { readMatrix } from './read-matrix.ts';

/** More classes than this are told by the pairs that are confused most, not as a matrix. */
const mostInMatrix = 40;
const mostPairs = 20;

/** Which classes a training gets right, and what it takes the others for. */
export function ClassResults({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.classes');
  const [seed] = useQueryState('seed', parseAsInteger);
  const tested = network.retrainings.filter(({ top1 }) => top1 !== null);
  const training = tested.find((each) => each.seed === seed) ?? tested[0];
  const { data } = useApi(
    RetrainingResultsDocument,
    { id: training?.id ?? '', pairs: mostPairs },
    { isReady: training !== undefined },
  );
  const results = data?.node?.__typename === 'Retraining' ? data.node : undefined;
  if (training === undefined || results?.classes == null) return null;
  const { classes, confusion, confusionMatrix } = results;
  const matrix =
    confusionMatrix != null && classes.length <= mostInMatrix
      ? readMatrix(confusionMatrix, classes.length)
      : undefined;
  const names = classes.map(({ name }) => name);
  return (
    <Panel title={say('title')}>
      <p className={styles.note}>{say('about', { seed: training.seed })}</p>
      <div className={styles.columns}>
        <ol className={styles.bars} aria-label={say('byClass')}>
          {classes.map(({ name, images, right, top1 }) => (
            <li key={name}>
              <span>{name}</span>
              <span className={styles.track}>
                <span style={{ width: `${100 * (top1 ?? 0)}%` }} />
              </span>
              <span className={styles.share} title={say('of', { right, images })}>
                {top1 == null ? '–' : formatShare(top1)}
              </span>
            </li>
          ))}
        </ol>
        {matrix ? (
          <ChartFrame
            name={say('matrix')}
            table={() => ({
              columns: [{ name: say('truth') }, ...names.map((name) => ({ name, isNumber: true }))],
              rows: matrix.map((row, at) => [names[at] ?? '', ...row]),
            })}
          >
            <Matrix names={names} matrix={matrix} />
          </ChartFrame>
        ) : (
          <ul className={styles.pairs} aria-label={say('matrix')}>
            {confusion?.map(({ trueClass, guessedClass, images }) => (
              <li key={`${trueClass} ${guessedClass}`}>
                {say('pair', { truth: trueClass, guess: guessedClass, images })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

/** Images by true class (rows) and guess (columns): darker are more. The one that is pointed at is told in words. */
function Matrix({
  names,
  matrix,
}: {
  names: readonly string[];
  matrix: readonly (readonly number[])[];
}) {
  const say = useTranslations('network.classes');
  const [told, setTold] = useState<string>();
  const cell = Math.max(14, Math.min(34, Math.floor(380 / names.length)));
  const left = 132;
  const top = 20;
  const most = Math.max(1, ...matrix.flat());
  const side = names.length * cell;
  return (
    <Scroll label={say('matrix')}>
      <svg
        width={left + side + 2}
        height={top + side + 2}
        className={styles.matrix}
        role="img"
        aria-label={say('matrix')}
      >
        <text x={left} y={12}>
          {say('guessed')}
        </text>
        {matrix.map((row, truth) => (
          <g key={names[truth]} transform={`translate(0 ${top + truth * cell})`}>
            <text x={left - 8} y={cell / 2} dy="0.34em" textAnchor="end">
              {names[truth]}
            </text>
            {row.map((images, guess) => {
              const words = say('pair', {
                ...{ truth: names[truth] ?? '', guess: names[guess] ?? '', images },
              });
              const share = Math.round(10 + 75 * (images / most));
              return (
                <rect
                  key={names[guess]}
                  x={left + guess * cell + 0.5}
                  y={0.5}
                  width={cell - 1}
                  height={cell - 1}
                  rx={2}
                  className={truth === guess ? styles.right : styles.wrong}
                  style={
                    images === 0
                      ? { fill: 'var(--track)', fillOpacity: 0.5 }
                      : {
                          fill: `color-mix(in oklab, var(${truth === guess ? '--accent' : '--bad'}) ${share}%, var(--panel))`,
                        }
                  }
                  onPointerEnter={() => setTold(words)}
                  onPointerLeave={() => setTold(undefined)}
                >
                  <title>{words}</title>
                </rect>
              );
            })}
          </g>
        ))}
      </svg>
      <p className={styles.note}>{told ?? say('legend')}</p>
    </Scroll>
  );
}
