'use client';

import type { SearchDetail } from '@blockwise/client';
import { PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { costAxes } from '../search/cost-axes.ts';
import { Button } from '../ui/button.tsx';
import { formatLoss } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { NetworkLayers } from './network-layers.tsx';
import { layersApart } from './next-best.tsx';
import styles from './pinned-networks.module.css';
import type { PinnedNetwork } from './use-pinned.ts';
import type { Wish } from './wish.ts';
import { useWishWords } from './wish-words.ts';

/** Pinned networks side by side; each beside the one before it: what it costs more or less, and which layers differ. */
export function PinnedNetworks({
  blocks,
  pinned,
  onUnpin,
}: {
  blocks: SearchDetail['blocks'];
  pinned: readonly PinnedNetwork[];
  onUnpin: (wish: Wish) => void;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common.cost');
  const words = useWishWords();
  if (pinned.length === 0) return null;
  const costs = costAxes.filter(({ key }) => pinned.some(({ network }) => network[key] != null));
  return (
    <Panel title={say('pinned')}>
      <Scroll label={say('pinned')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{say('askedBy')}</th>
              {pinned.map(({ wish }, at) => (
                <th key={at} scope="col">
                  <span className={styles.head}>
                    <span className={styles.name}>
                      {at + 1}: {words(wish)}
                    </span>
                    <Button
                      tone="quiet"
                      aria-label={say('unpinNumber', { number: at + 1 })}
                      icon={<PinOff aria-hidden />}
                      onPress={() => onUnpin(wish)}
                    />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{common('loss')}</th>
              {pinned.map(({ network }, at) => (
                <td key={at}>
                  <strong>{formatLoss(network.loss)}</strong>
                </td>
              ))}
            </tr>
            {costs.map(({ key, format }) => (
              <tr key={key}>
                <th scope="row">{common(key)}</th>
                {pinned.map(({ network }, at) => {
                  const first = Number(pinned[0]?.network[key]);
                  const value = Number(network[key]);
                  return (
                    <td key={at}>
                      {network[key] == null ? '–' : format(value)}
                      {at > 0 && first > 0 && value !== first && (
                        <span className={styles.change}> {signedShare(value / first - 1)}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
            <tr>
              <th scope="row">{say('layersFromFirst')}</th>
              {pinned.map(({ network }, at) => (
                <td key={at}>
                  {at === 0 || pinned[0] === undefined
                    ? '–'
                    : layersApart(pinned[0].network, network)}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{say('layers')}</th>
              {pinned.map(({ network }, at) => (
                <td key={at} className={styles.drawn}>
                  <NetworkLayers
                    blocks={blocks}
                    network={network}
                    before={at === 0 ? undefined : pinned[0]?.network}
                  />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

/** `+12.3 %`, `−4.0 %`. */
function signedShare(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
}
