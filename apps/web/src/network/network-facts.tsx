'use client';

import type { OneNetworkFragment } from '@blockwise/client';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSearch } from '../search/search-frame.tsx';
import { searchPath } from '../search/search-path.ts';
import {
  formatBytes,
  formatCount,
  formatLoss,
  formatMilliseconds,
  formatShare,
  formatShareSpread,
} from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Fact, Facts, Panel } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './network-facts.module.css';
import { useNetworkName } from './network-name.ts';

/** What a network reached, what was predicted of it and what it costs. */
export function NetworkFacts({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.page');
  const { search } = useSearch();
  const nameOf = useNetworkName();
  const { top1, top1Deviation, predictedRank, retrainings } = network;
  const loss = formatLoss(network.loss);
  const teacher = search.teacher?.top1;
  const [trained] = retrainings;
  const asTrained = (found: string, other: string | null | undefined) =>
    other == null || other === found ? undefined : say('asTrained', { count: formatCount(other) });
  return (
    <Panel
      title={nameOf(network)}
      aside={
        <span className={styles.aside}>
          <StateChip state={network.state} />
          <LinkButton
            tone="quiet"
            href={searchPath(search.id, 'networks')}
            icon={<ArrowLeft aria-hidden />}
          >
            {say('back')}
          </LinkButton>
        </span>
      }
    >
      <Facts>
        <Fact
          name={say('tested')}
          note={
            top1 !== null && (
              <>
                {say('seeds', { count: retrainings.length })}
                {teacher != null && (
                  <>
                    <br />
                    {say('teacherHas', { top1: formatShare(teacher) })}
                  </>
                )}
              </>
            )
          }
        >
          {top1 === null ? say('notTested') : formatShareSpread(top1, top1Deviation)}
        </Fact>
        <Fact name={say('predicted')}>
          {predictedRank === null
            ? say('lossOf', { loss })
            : say('rankOf', { rank: predictedRank, loss })}
        </Fact>
        <Fact name={say('params')} note={asTrained(network.params, trained?.params)}>
          {formatCount(network.params)}
        </Fact>
        <Fact name={say('macs')} note={asTrained(network.macs, trained?.macs)}>
          {formatCount(network.macs)}
        </Fact>
        {network.activationBytes != null && (
          <Fact name={say('activations')}>{formatBytes(network.activationBytes)}</Fact>
        )}
        {network.latencyMs != null && (
          <Fact name={say('latency')}>{formatMilliseconds(network.latencyMs)}</Fact>
        )}
      </Facts>
    </Panel>
  );
}
