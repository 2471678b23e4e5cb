'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSearch } from '../search/search-frame.tsx';
import { searchPath } from '../search/search-path.ts';
import { formatCount, formatLoss, formatShareSpread } from '../ui/format.ts';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './found-networks.module.css';

/** Networks that fit into the picture; the page of networks has all. */
const most = 6;

/** The networks that were put together from the best paths; the one pointed at shows its cells. */
export function FoundNetworks({
  pointed,
  onPoint,
}: {
  pointed: string | undefined;
  onPoint: (id: string | undefined) => void;
}) {
  const say = useTranslations('pipeline');
  const { search } = useSearch();
  const { networks } = search;
  if (networks.length === 0) return <p className={styles.note}>{say('notSolved')}</p>;
  return (
    <ol className={styles.networks} aria-label={say('found')}>
      {networks.slice(0, most).map((network) => (
        <li
          key={network.id}
          className={network.id === pointed ? styles.pointed : undefined}
          onPointerEnter={() => onPoint(network.id)}
          onPointerLeave={() => onPoint(undefined)}
          onFocus={() => onPoint(network.id)}
          onBlur={() => onPoint(undefined)}
        >
          <div className={styles.head}>
            <Link href={searchPath(search.id, 'networks', network.id)}>
              {say('networkPlace', { place: String(network.predictedRank) })}
            </Link>
            {network.top1 == null ? (
              <StateChip state={network.state} />
            ) : (
              <strong>{formatShareSpread(network.top1, network.top1Deviation)}</strong>
            )}
          </div>
          <span className={styles.note}>
            {say('networkCosts', {
              loss: formatLoss(network.loss),
              params: formatCount(network.params),
              macs: formatCount(network.macs),
            })}
          </span>
        </li>
      ))}
      {networks.length > most && (
        <li>
          <Link href={searchPath(search.id, 'networks')}>
            {say('allNetworks', { count: networks.length })}
          </Link>
        </li>
      )}
    </ol>
  );
}
