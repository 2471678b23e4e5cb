'use client';

import { CandidatesDocument, type SearchDetail } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useApi } from '../api/use-api.ts';
import { formatLoss } from '../ui/format.ts';
import styles from './cells-view.module.css';

type Cell = SearchDetail['blocks'][number]['cells'][number];

/** How far the worst path of a rated cell is from its best: how much the choice matters there. */
export function LossSpread({ cell }: { cell: Cell }) {
  const say = useTranslations('cell');
  const { data } = useApi(
    CandidatesDocument,
    { cell: cell.id, orderBy: { field: 'LOSS', direction: 'DESC' }, first: 1 },
    { isReady: cell.state === 'COMPLETE' },
  );
  const worst = data?.candidates.nodes[0]?.loss;
  if (worst === undefined || cell.best == null) return null;
  const more = (100 * (worst - cell.best.loss)) / cell.best.loss;
  return (
    <span className={styles.spread}>
      {say('spread', {
        loss: formatLoss(worst),
        percent: more.toFixed(more < 10 ? 1 : 0),
      })}
    </span>
  );
}
