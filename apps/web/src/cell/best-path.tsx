'use client';

import type { CandidateColumns, CellDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { formatCount, formatLoss } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './best-path.module.css';
import { neighboursOfBest, opAt } from './paths.ts';

/** Why the best path won: layer by layer its op, and how much worse each other op would be there. */
export function BestPath({
  cell,
  columns,
}: {
  cell: CellDetailFragment;
  columns: CandidateColumns;
}) {
  const say = useTranslations('cell');
  const shape = useMemo(
    () => ({ layers: cell.layers, ops: cell.ops.length }),
    [cell.layers, cell.ops.length],
  );
  const neighbours = useMemo(() => neighboursOfBest(columns, shape), [columns, shape]);
  const best = columns.ranks.indexOf(1);
  const index = columns.indices[best];
  if (index === undefined) return null;
  const loss = columns.loss[best] ?? 0;
  const most = Math.max(...neighbours.map(({ gap }) => gap), Number.MIN_VALUE);
  return (
    <Panel title={say('whyBest')}>
      <p className={styles.note}>
        {say('whyBestAbout', {
          loss: formatLoss(loss),
          params: formatCount(columns.params[best] ?? 0),
          macs: formatCount(columns.macs[best] ?? 0),
        })}
      </p>
      <ol className={styles.layers}>
        {Array.from({ length: cell.layers }, (_, layer) => (
          <li key={layer} className={styles.layer}>
            <div className={styles.won}>
              <span className={styles.note}>{say('layer', { layer: String(layer + 1) })}</span>
              <code>{cell.ops[opAt(index, layer, shape)]}</code>
            </div>
            <ul className={styles.others}>
              {neighbours
                .filter((each) => each.layer === layer)
                .map(({ at, op, gap }) => (
                  <li key={op}>
                    <code>{cell.ops[op]}</code>
                    <span className={styles.bar} aria-hidden>
                      <span style={{ width: `${Math.max(1, (100 * gap) / most)}%` }} />
                    </span>
                    <span className={styles.gap}>
                      {say('gap', {
                        gap: gap.toPrecision(3),
                        percent: ((100 * gap) / loss).toFixed(1),
                        rank: String(columns.ranks[at] ?? 0),
                      })}
                    </span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
