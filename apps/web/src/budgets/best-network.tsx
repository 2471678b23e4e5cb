'use client';

import type { SearchDetail, SolutionDetailFragment } from '@blockwise/client';
import { Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { formatLoss } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './best-network.module.css';
import { CostUse } from './cost-use.tsx';
import { NetworkLayers } from './network-layers.tsx';
import { layersApart } from './next-best.tsx';
import type { CostRanges } from './use-cost-ranges.ts';
import type { Wish } from './wish.ts';

/** The best network of a budget: what it promises, what it costs, and how it is built. */
export function BestNetwork({
  search,
  network,
  budget,
  ranges,
  before,
  isOld,
  isPinned,
  problem,
  onPin,
  retrain,
}: {
  search: SearchDetail;
  network: SolutionDetailFragment;
  /** The bounds that the network was asked for by. */
  budget: Wish['constraints'];
  ranges: CostRanges;
  /** The network pinned last. */
  before: SolutionDetailFragment | undefined;
  /** True when it is no answer to the budget as it stands. */
  isOld: boolean;
  isPinned: boolean;
  problem: ReactNode;
  onPin: () => void;
  retrain: ReactNode;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common.cost');
  return (
    <Panel
      title={say('best')}
      aside={
        <div className={styles.deeds}>
          <Button
            icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
            isDisabled={isOld}
            onPress={onPin}
          >
            {say(isPinned ? 'unpin' : 'pin')}
          </Button>
          {retrain}
        </div>
      }
    >
      <div className={styles.stage}>
        {problem && <div className={styles.problem}>{problem}</div>}
        <div
          className={`${styles.picture} ${isOld ? styles.old : ''}`}
          data-network={network.encoding}
        >
          <p className={styles.promise}>
            <span className={styles.name}>{common('loss')}</span>
            <strong className={styles.loss}>{formatLoss(network.loss)}</strong>
            <code>{network.encoding}</code>
          </p>
          <CostUse network={network} constraints={budget} ranges={ranges} />
          <NetworkLayers blocks={search.blocks} network={network} before={before} />
          <p className={styles.note}>
            {before === undefined
              ? say('pinHint')
              : say('apartFromPinned', { layers: layersApart(before, network) })}
          </p>
        </div>
      </div>
    </Panel>
  );
}
