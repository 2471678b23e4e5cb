'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { type ShadedPoint, ShadedScatter } from '../charts/shaded-scatter.tsx';
import { formatCount, formatLoss, formatLossTick, formatShareSpread } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './audit.module.css';
import type { Audit } from './report.ts';

type AuditedNetwork = Audit['networks'][number];

/** Predicted loss against accuracy, and beside it macs against accuracy: what a count alone would tell. */
export function AuditPictures({
  name,
  networks,
}: {
  name: string;
  /** Tested ones. */
  networks: readonly AuditedNetwork[];
}) {
  const say = useTranslations('trust');
  const [pointed, setPointed] = useState<string>();
  const told = useMemo(
    () =>
      new Map(
        networks.map((network) => [
          network.id,
          say('point', {
            encoding: network.encoding,
            loss: formatLoss(network.loss),
            top1: formatShareSpread(network.top1 ?? 0, network.top1Deviation),
            macs: formatCount(network.macs),
            params: formatCount(network.params),
          }),
        ]),
      ),
    [networks, say],
  );
  const { predicted, macs } = useMemo(() => pointsOf(networks, told), [networks, told]);
  const hasErrors = predicted.some(({ error }) => error > 0);
  const table = () => ({
    columns: [
      { name: say('path') },
      { name: say('predictor.PREDICTED'), isNumber: true },
      { name: 'top-1', isNumber: true },
      { name: say('deviation'), isNumber: true },
      { name: say('predictor.MACS'), isNumber: true },
      { name: say('predictor.PARAMS'), isNumber: true },
    ],
    rows: networks.map((network) => [
      network.encoding,
      network.loss,
      network.top1 ?? null,
      network.top1Deviation ?? null,
      network.macs,
      network.params,
    ]),
  });
  const pictures = [
    { key: 'predicted', points: predicted, axis: 'PREDICTED', format: formatLossTick },
    { key: 'macs', points: macs, axis: 'MACS', format: formatCount },
  ] as const;
  return (
    <Panel title={say('predictedAndReal')}>
      <div className={styles.stack}>
        <div className={styles.pair}>
          {pictures.map(({ key, points, axis, format }) => (
            <ChartFrame
              key={key}
              name={say(`picture.${key}`, { name })}
              table={table}
              aside={<h3>{say(`heading.${key}`)}</h3>}
            >
              <ShadedScatter
                points={points}
                pointed={pointed}
                onPoint={setPointed}
                x={{ name: say(`predictor.${axis}`), format }}
                y={{ name: 'top-1', format: formatPercent }}
                label={say(`picture.${key}`, { name })}
              />
            </ChartFrame>
          ))}
        </div>
        <p className={styles.told} aria-live="polite">
          {told.get(pointed ?? '') ?? `${say('shade')} ${hasErrors ? `${say('bars')} ` : ''}`}
        </p>
      </div>
    </Panel>
  );
}

function pointsOf(networks: readonly AuditedNetwork[], told: ReadonlyMap<string, string>) {
  const costs = networks.map(({ macs }) => Number(macs));
  const least = Math.min(...costs);
  const most = Math.max(...costs);
  const points = (xOf: (network: AuditedNetwork) => number): ShadedPoint[] =>
    networks.map((network) => ({
      id: network.id,
      x: xOf(network),
      y: network.top1 ?? 0,
      error: network.top1Deviation ?? 0,
      shade: most > least ? (Number(network.macs) - least) / (most - least) : 0.5,
      name: told.get(network.id) ?? '',
    }));
  return { predicted: points(({ loss }) => loss), macs: points(({ macs }) => Number(macs)) };
}

function formatPercent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
