'use client';

import type { OneNetworkFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { type DrawnLayer, layerShape } from '../pictures/read-architecture.ts';
import { useLayerWords } from '../pictures/use-layer-words.ts';
import { useSearch } from '../search/search-frame.tsx';
import { formatCount, formatLoss, formatMilliseconds } from '../ui/format.ts';
import { Scroll } from '../ui/scroll.tsx';
import { formatGap } from './format-gap.ts';
import { useNetworkName } from './network-name.ts';
import styles from './runner-up-table.module.css';
import type { RunnerUp } from './why.ts';

/** What the chosen layer could have been: best rating first, the operation that was taken among them. */
export function RunnerUpTable({
  network,
  layer,
  runnerUps,
}: {
  network: OneNetworkFragment;
  layer: DrawnLayer;
  runnerUps: readonly RunnerUp[];
}) {
  const say = useTranslations('network');
  const words = useLayerWords();
  const { search } = useSearch();
  const nameOf = useNetworkName();
  const others = runnerUps
    .filter(({ block, layer: position }) => block === layer.part && position === layer.position)
    .sort((a, b) => a.gap - b.gap);
  const [one] = others;
  if (one === undefined) {
    const isFixed = typeof layer.part !== 'number';
    return <p className={styles.about}>{say(isFixed ? 'picture.fixed' : 'picture.noOthers')}</p>;
  }
  const chosenLoss = one.loss - one.gap;
  const hasLatency = others.some(({ latencyMs }) => latencyMs !== null);
  const ends = others.flatMap(({ loss, error }) => [loss - (error ?? 0), loss + (error ?? 0)]);
  const [low, high] = [Math.min(chosenLoss, ...ends), Math.max(chosenLoss, ...ends)];
  const at = (loss: number) => (high > low ? (100 * (loss - low)) / (high - low) : 50);
  const firstWorse = others.findIndex(({ gap }) => gap >= 0);
  const place = firstWorse < 0 ? others.length : firstWorse;
  const all = [...search.networks, ...search.requested];

  const delta = (with_: string, own: string) => {
    const change = Number(with_) - Number(own);
    if (change === 0) return '±0';
    return `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;
  };
  const verdict = (other: RunnerUp): string => {
    const same = all.find(({ encoding }) => encoding === other.encoding);
    if (other.breaks.length > 0) {
      const axes = other.breaks.map((axis) => say(`axis.${axis}`)).join(', ');
      return say('runnerUps.breaks', { axes });
    }
    return same ? say('runnerUps.isNetwork', { network: nameOf(same) }) : say('runnerUps.fits');
  };
  const scale = (loss: number, error: number | null) => (
    <span className={styles.scale} aria-hidden>
      <span className={styles.line} style={{ left: `${at(chosenLoss)}%` }} />
      {error !== null && (
        <span
          className={styles.error}
          style={{ left: `${at(loss - error)}%`, right: `${100 - at(loss + error)}%` }}
        />
      )}
      <span className={styles.dot} style={{ left: `${at(loss)}%` }} />
    </span>
  );
  const rows = others.map((other) => (
    <tr key={other.op}>
      <th scope="row" title={other.op}>
        {words.short(layerShape(other.op))}
      </th>
      <td className="number">{formatLoss(other.loss)}</td>
      <td>{scale(other.loss, other.error)}</td>
      <td className="number">
        {other.gap < 0 ? '−' : '+'}
        {Math.abs(other.gap).toPrecision(2)}
      </td>
      <td className="number">{other.relativeGap === null ? '–' : formatGap(other.relativeGap)}</td>
      <td className="number">{other.rank}</td>
      <td className="number">{delta(other.params, network.params)}</td>
      <td className="number">{delta(other.macs, network.macs)}</td>
      {hasLatency && (
        <td className="number">
          {other.latencyMs === null ? '–' : formatMilliseconds(other.latencyMs)}
        </td>
      )}
      <td>{verdict(other)}</td>
    </tr>
  ));
  rows.splice(
    place,
    0,
    <tr key="chosen" className={styles.chosen}>
      <th scope="row" title={layer.word}>
        {words.short(layer)}
      </th>
      <td className="number">{formatLoss(chosenLoss)}</td>
      <td>{scale(chosenLoss, null)}</td>
      <td className="number">0</td>
      <td className="number">0 %</td>
      <td />
      <td className="number">{formatCount(network.params)}</td>
      <td className="number">{formatCount(network.macs)}</td>
      {hasLatency && (
        <td className="number">
          {network.latencyMs === null ? '–' : formatMilliseconds(network.latencyMs)}
        </td>
      )}
      <td>{say('runnerUps.chosen')}</td>
    </tr>,
  );
  const title = say('runnerUps.title', { layer: layer.key });
  return (
    <section className={styles.section} aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.about}>{say('runnerUps.about')}</p>
      <Scroll label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{say('runnerUps.op')}</th>
              <th scope="col" className="number">
                {say('runnerUps.rating')}
              </th>
              <th scope="col" title={say('runnerUps.picture')}>
                <span className="visually-hidden">{say('runnerUps.picture')}</span>
              </th>
              <th scope="col" className="number">
                {say('runnerUps.gap')}
              </th>
              <th scope="col" className="number">
                {say('runnerUps.relative')}
              </th>
              <th scope="col" className="number">
                {say('runnerUps.rank')}
              </th>
              <th scope="col" className="number">
                {say('runnerUps.params')}
              </th>
              <th scope="col" className="number">
                {say('runnerUps.macs')}
              </th>
              {hasLatency && (
                <th scope="col" className="number">
                  {say('runnerUps.latency')}
                </th>
              )}
              <th scope="col">{say('runnerUps.verdict')}</th>
            </tr>
          </thead>
          <tbody>{rows}</tbody>
        </table>
      </Scroll>
    </section>
  );
}
