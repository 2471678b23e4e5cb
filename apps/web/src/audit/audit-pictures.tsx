'use client';

import type { AuditNetworksQuery } from '@blockwise/client';
import { useMemo, useState } from 'react';
import { type ShadedPoint, ShadedScatter } from '../charts/shaded-scatter.tsx';
import { formatCount, formatLoss, formatLossTick, formatShareSpread } from '../ui/format.ts';
import styles from './audit-pictures.module.css';

type AuditedNetwork = NonNullable<AuditNetworksQuery['audit']>['networks'][number];

/** Predicted loss against accuracy, and beside it macs against accuracy: what a count alone would tell. */
export function AuditPictures({ networks }: { networks: readonly AuditedNetwork[] }) {
  const [pointed, setPointed] = useState<string>();
  const { predicted, macs } = useMemo(() => pointsOf(networks), [networks]);
  const accuracy = { name: 'top-1', format: formatPercent };
  const hasErrors = predicted.some(({ error }) => error > 0);
  const count = `${predicted.length} networks`;
  const both = { pointed, onPoint: setPointed, y: accuracy };
  return (
    <div className={styles.pictures}>
      <figure className={styles.picture}>
        <figcaption>What was predicted</figcaption>
        <ShadedScatter
          {...both}
          points={predicted}
          x={{ name: 'predicted loss', format: formatLossTick }}
          label={`Accuracy against predicted loss of ${count}`}
        />
      </figure>
      <figure className={styles.picture}>
        <figcaption>What macs alone would say</figcaption>
        <ShadedScatter
          {...both}
          points={macs}
          x={{ name: 'macs', format: formatCount }}
          label={`Accuracy against macs of ${count}`}
        />
      </figure>
      <p className={styles.told} aria-live="polite">
        {predicted.find(({ id }) => id === pointed)?.name ??
          `The stronger its colour, the more macs a network has. ${hasErrors ? 'Bars: deviation over seeds. ' : ''}Point at a network to see it in both pictures.`}
      </p>
    </div>
  );
}

function pointsOf(networks: readonly AuditedNetwork[]) {
  const tested = networks.flatMap(({ top1, ...network }) =>
    top1 == null ? [] : [{ ...network, top1 }],
  );
  const costs = tested.map(({ macs }) => Number(macs));
  const least = Math.min(...costs);
  const most = Math.max(...costs);
  const points = (xOf: (network: (typeof tested)[number]) => number): ShadedPoint[] =>
    tested.map((network) => ({
      id: network.id,
      x: xOf(network),
      y: network.top1,
      error: network.top1Deviation ?? 0,
      shade: most > least ? (Number(network.macs) - least) / (most - least) : 0.5,
      name:
        `${network.encoding}: predicted loss ${formatLoss(network.loss)}, ` +
        `top-1 ${formatShareSpread(network.top1, network.top1Deviation)}, ` +
        `${formatCount(network.macs)} macs, ${formatCount(network.params)} params`,
    }));
  return { predicted: points(({ loss }) => loss), macs: points(({ macs }) => Number(macs)) };
}

function formatPercent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
