'use client';

import type { SearchDetail, SolutionDetailFragment } from '@blockwise/client';
import { architectureDifference, parseNetwork } from '@blockwise/dna';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { layerWords } from '../search/layer-words.ts';
import { readBlocks, readLayer } from '../search/read-layer.ts';
import styles from './network-layers.module.css';

type Drawn = Pick<SolutionDetailFragment, 'architecture' | 'choices'>;

/**
 * A network block by block: the chosen cell, under it its layers. Beside another network every layer
 * that differs says what it was there. Blocks have room for their deepest cell, so that nothing moves
 * when another network is drawn.
 */
export const NetworkLayers = memo(function NetworkLayers({
  blocks,
  network,
  before,
}: {
  blocks: SearchDetail['blocks'];
  network: Drawn;
  before?: Drawn | undefined;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common');
  const layers = readBlocks(network.architecture);
  const pairs =
    before &&
    architectureDifference(parseNetwork(before.architecture), parseNetwork(network.architecture));
  return (
    <ol className={styles.blocks}>
      {blocks.map(({ index, cells }, at) => {
        const chosen = network.choices[at]?.cell;
        const cell = cells.find((each) => each.index === chosen);
        const rows = Math.max(...cells.map((each) => each.layers));
        return (
          <li key={index} className={styles.block}>
            <div className={styles.head}>
              <strong>{common('block', { block: index })}</strong>
              <span className={styles.cell}>
                {cells.length > 1 &&
                  `${say('cell', { cell: chosen ?? 1, cells: cells.length })} · `}
                {say('shape', { channels: cell?.channels ?? 0, stride: cell?.stride ?? 1 })}
              </span>
            </div>
            <ol className={styles.layers}>
              {Array.from({ length: rows }, (_, layer) => {
                const text = layers[at]?.[layer];
                const pair = pairs?.find(
                  (each) => each.block === at + 1 && each.layer === layer + 1,
                );
                return (
                  <Layer
                    key={layer}
                    text={text}
                    was={pair && pair.change !== 'kept' ? pair.a : undefined}
                    hasBefore={before !== undefined}
                  />
                );
              })}
            </ol>
          </li>
        );
      })}
    </ol>
  );
});

/** `was` is what the other network has there: null for nothing, undefined where both have the same. */
function Layer({
  text,
  was,
  hasBefore,
}: {
  text: string | undefined;
  was: string | null | undefined;
  hasBefore: boolean;
}) {
  const say = useTranslations('budgets');
  const differs = was !== undefined;
  const { kernel, expansion } = readLayer(text ?? '');
  return (
    <li className={styles.slot} aria-hidden={text === undefined && !differs}>
      <span
        className={`${styles.layer} ${text === undefined ? styles.none : ''} ${differs ? styles.differs : ''}`}
        title={text}
        style={
          text === undefined
            ? undefined
            : {
                width: `${Math.min(100, 40 + 7 * kernel)}%`,
                background: `color-mix(in srgb, var(--accent) ${8 + 5 * expansion}%, var(--panel))`,
              }
        }
      >
        {differs && <span aria-hidden>≠</span>}
        {text === undefined ? '–' : layerWords(text)}
      </span>
      {hasBefore && (
        <span className={styles.was}>
          {differs && (was === null ? say('wasNone') : say('was', { layer: layerWords(was) }))}
        </span>
      )}
    </li>
  );
}
