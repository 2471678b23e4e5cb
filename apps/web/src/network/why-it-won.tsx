'use client';

import type { OneNetworkFragment } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { mapsPath } from '../maps/maps-path.ts';
import { layerShape } from '../pictures/read-architecture.ts';
import { useLayerWords } from '../pictures/use-layer-words.ts';
import { readBlocks } from '../search/read-layer.ts';
import { useSearch } from '../search/search-frame.tsx';
import { formatCount } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { formatGapSize } from './format-gap.ts';
import { useNetworkName } from './network-name.ts';
import { type BlockReason, type RunnerUp, reasonOf } from './why.ts';
import styles from './why-it-won.module.css';

type Rated = Parameters<typeof reasonOf>[1];

/** What decided, block by block, in sentences made of numbers. */
export function WhyItWon({
  network,
  rated,
  runnerUps,
}: {
  network: OneNetworkFragment;
  rated: readonly Rated[];
  runnerUps: readonly RunnerUp[];
}) {
  const say = useTranslations('network.why');
  const { search } = useSearch();
  return (
    <Panel title={say('title')}>
      <ol className={styles.blocks}>
        {network.choices.map((choice, at) => {
          const own = rated[at];
          const cells = search.blocks[at]?.cells;
          if (own === undefined || cells === undefined) return null;
          const reason = reasonOf(choice, own, runnerUps, cells);
          const cell = cells.find(({ index }) => index === choice.cell);
          return (
            <BlockWhy
              key={choice.block}
              network={network}
              reason={reason}
              maps={
                cell && search.state === 'COMPLETE'
                  ? mapsPath(search.id, cell, choice.path)
                  : undefined
              }
            />
          );
        })}
      </ol>
    </Panel>
  );
}

function BlockWhy({
  network,
  reason,
  maps,
}: {
  network: OneNetworkFragment;
  reason: BlockReason;
  /** Address of the feature maps of the block's path, where there may be some. */
  maps: string | undefined;
}) {
  const say = useTranslations('network.why');
  const axes = useTranslations('network.axis');
  const common = useTranslations('common');
  const words = useLayerWords();
  const nameOf = useNetworkName();
  const { search } = useSearch();
  const { block, nearest, forbidden, otherCell } = reason;

  const ownOp = ({ layer }: RunnerUp): string => {
    const printed = readBlocks(network.architecture)[block - 1]?.[layer - 1];
    return printed === undefined ? '' : words.short(layerShape(printed));
  };
  const valuesOf = (other: RunnerUp) => ({
    layer: `${block}.${other.layer}`,
    own: ownOp(other),
    other: words.short(layerShape(other.op)),
    gap: formatGapSize(other.relativeGap ?? other.gap),
  });
  /** What the network costs more than with the other operation. */
  const costs = (other: RunnerUp, sign: 1 | -1) => {
    const params = sign * (Number(network.params) - Number(other.params));
    const macs = sign * (Number(network.macs) - Number(other.macs));
    const word = (value: number, more: 'moreParams' | 'moreMacs') => {
      const count = formatCount(Math.abs(value));
      const isParams = more === 'moreParams';
      if (value === 0) return say(isParams ? 'sameParams' : 'sameMacs');
      if (value > 0) return say(more, { count });
      return say(isParams ? 'fewerParams' : 'fewerMacs', { count });
    };
    return { params: word(params, 'moreParams'), macs: word(macs, 'moreMacs') };
  };
  const known =
    nearest &&
    [...search.networks, ...search.requested].find(({ encoding }) => encoding === nearest.encoding);

  const sentences = [
    nearest === undefined && forbidden === undefined && otherCell === undefined
      ? say('only')
      : say('rank', { rank: reason.rank, of: reason.of }),
    nearest &&
      (nearest.gap > 0
        ? say('nearest', { ...valuesOf(nearest), ...costs(nearest, 1) })
        : nearest.gap === 0
          ? say('nearestTie', { ...valuesOf(nearest), ...costs(nearest, 1) })
          : known
            ? say('betterKnown', { ...valuesOf(nearest), network: nameOf(known) })
            : say('better', { ...valuesOf(nearest), ...costs(nearest, -1) })),
    forbidden &&
      say('forbidden', {
        ...valuesOf(forbidden),
        axes: forbidden.breaks.map((axis) => axes(axis)).join(', '),
      }),
    otherCell &&
      say(otherCell.relativeGap < 0 ? 'cellBetter' : 'cellWorse', {
        cell: `${block}.${otherCell.cell}`,
        gap: formatGapSize(otherCell.relativeGap),
      }),
  ].filter((sentence) => sentence !== undefined);
  return (
    <li>
      <h3>{common('block', { block })}</h3>
      <p>
        {sentences.join(' ')} {maps && <Link href={maps}>{say('maps')}</Link>}
      </p>
    </li>
  );
}
