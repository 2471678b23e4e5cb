'use client';

import type { NetworkRowFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { ShadedScatter } from '../charts/shaded-scatter.tsx';
import { formatLoss, formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './network-list.module.css';
import { useNetworkName } from './network-name.ts';

/** Predicted loss of the tested networks against what they reached; nothing while fewer than two are tested. */
export function HeldChart({
  networks,
  pointed,
  onPoint,
}: {
  networks: readonly NetworkRowFragment[];
  pointed: string | undefined;
  onPoint: (id: string | undefined) => void;
}) {
  const say = useTranslations('network');
  const nameOf = useNetworkName();
  const tested = networks.flatMap((network) =>
    network.top1 === null ? [] : [{ ...network, top1: network.top1 }],
  );
  if (tested.length < 2) return null;
  const macs = tested.map((each) => Number(each.macs));
  const [low, high] = [Math.min(...macs), Math.max(...macs)];
  const points = tested.map((network) => ({
    id: network.id,
    x: network.loss,
    y: network.top1,
    error: network.top1Deviation ?? 0,
    shade: high > low ? (Number(network.macs) - low) / (high - low) : 0.5,
    name: say('held.point', {
      name: nameOf(network),
      loss: formatLoss(network.loss),
      top1: formatShare(network.top1),
    }),
  }));
  return (
    <Panel title={say('held.title')}>
      <ChartFrame
        name={say('held.title')}
        table={() => ({
          columns: [
            { name: say('column.name') },
            { name: say('column.loss'), isNumber: true },
            { name: say('column.top1'), isNumber: true },
            { name: say('column.macs'), isNumber: true },
          ],
          rows: tested.map((network) => [
            nameOf(network),
            network.loss,
            network.top1,
            network.macs,
          ]),
        })}
        aside={<span className={styles.note}>{say('held.about')}</span>}
      >
        <ShadedScatter
          points={points}
          x={{ name: say('column.loss'), format: (value) => String(Number(value.toPrecision(8))) }}
          y={{ name: say('column.top1'), format: formatShare }}
          label={say('held.title')}
          pointed={pointed}
          onPoint={onPoint}
        />
      </ChartFrame>
    </Panel>
  );
}
