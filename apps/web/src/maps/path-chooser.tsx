'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { OpGrid } from '../cell/op-grid.tsx';
import { useNetworkName } from '../network/network-name.ts';
import { LayerChips } from '../search/layer-chips.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import styles from './path-chooser.module.css';
import { RankField } from './rank-field.tsx';
import { usePathOfRank, usePathRating } from './use-path-rating.ts';

/** One path of a cell: the best, by its place, a network's, or op by op. */
export function PathChooser({
  name,
  cell,
  path,
  onPath,
  onRemove,
}: {
  name: string;
  cell: CellDetailFragment;
  path: string;
  onPath: (path: string) => void;
  onRemove?: () => void;
}) {
  const say = useTranslations('maps.path');
  const nameOf = useNetworkName();
  const { search } = useSearch();
  const rating = usePathRating(cell, path);
  const pathOfRank = usePathOfRank(cell.id);
  const networks = [...search.networks, ...search.requested].flatMap((network) => {
    const own = network.choices.find(
      ({ block, cell: index }) => block === cell.block && index === cell.index,
    );
    return own === undefined ? [] : [{ network, path: own.path }];
  });
  const goTo = async (rank: number) => {
    const found = await pathOfRank(rank);
    if (found !== undefined) onPath(found);
  };
  return (
    <section className={styles.path} aria-label={name}>
      <div className={styles.head}>
        <h3>{name}</h3>
        <code>{path}</code>
        {rating && <LayerChips layers={rating.layers} />}
        {onRemove && (
          <Button
            tone="quiet"
            aria-label={say('remove')}
            icon={<X aria-hidden />}
            onPress={onRemove}
          />
        )}
      </div>
      <div className={styles.ways}>
        <RankField
          rank={rating?.rank}
          count={Number(cell.candidateCount)}
          onRank={(rank) => void goTo(rank)}
        />
        {networks.length > 0 && (
          <Select
            label={say('network')}
            value={networks.find((each) => each.path === path)?.network.id ?? ''}
            options={[
              { value: '', name: say('noNetwork') },
              ...networks.map(({ network }) => ({ value: network.id, name: nameOf(network) })),
            ]}
            onChange={(id) => {
              const found = networks.find(({ network }) => network.id === id);
              if (found) onPath(found.path);
            }}
          />
        )}
      </div>
      <OpGrid
        ops={cell.ops}
        layers={cell.layers}
        isChosen={(layer, op) => path[layer] === op.toString(36)}
        onPress={(layer, op) =>
          onPath(`${path.slice(0, layer)}${op.toString(36)}${path.slice(layer + 1)}`)
        }
      />
    </section>
  );
}
