'use client';

import type { CompareQuery } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { seriesColour } from '../charts/palette.ts';
import { layerWords } from '../search/layer-words.ts';
import { formatShare } from '../ui/format.ts';
import styles from './op-bars.module.css';

type Compared = CompareQuery['compare']['searches'][number];

/** How often the best networks of each search have each operation: a bar for every layer, side by side. */
export function OpBars({ searches }: { searches: readonly Compared[] }) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const ops = [...new Set(searches.flatMap((search) => search.ops.flatMap((each) => each.ops)))];
  const places = [...new Set(searches.flatMap((search) => search.ops.map(placeOf)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  return (
    <>
      <ul className={styles.legend} aria-label={say('ops')}>
        {ops.map((op, at) => (
          <li key={op} title={op}>
            <span className={styles.swatch} style={{ background: opColour(at) }} aria-hidden />
            {at + 1}: {layerWords(op)}
          </li>
        ))}
      </ul>
      <ol className={styles.layers}>
        {places.map((place) => {
          const [block = 0, cell = 0, layer = 0] = place.split('.').map(Number);
          return (
            <li key={place} className={styles.layer}>
              <h3>
                {common('cell', { block, cell })} · {say('layer', { layer })}
              </h3>
              {searches.map(({ search, ops: all }, at) => {
                const found = all.find((each) => placeOf(each) === place);
                const parts = (found?.ops ?? []).flatMap((op, i) => {
                  const share = found?.shares[i] ?? 0;
                  return share > 0 ? [{ op, share, colour: ops.indexOf(op) }] : [];
                });
                const told = parts
                  .map(({ op, share }) => `${layerWords(op)} ${formatShare(share)}`)
                  .join(', ');
                return (
                  <div key={search.id} className={styles.row}>
                    <span className={styles.number}>{at + 1}</span>
                    <span
                      className={styles.bar}
                      role="img"
                      aria-label={`${search.name}: ${told || say('notUsed')}`}
                      title={told || say('notUsed')}
                    >
                      {parts.map(({ op, share, colour }) => (
                        <span
                          key={op}
                          style={{ width: `${100 * share}%`, background: opColour(colour) }}
                        >
                          {share >= 0.16 && colour + 1}
                        </span>
                      ))}
                    </span>
                  </div>
                );
              })}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function placeOf({ block, cell, layer }: Compared['ops'][number]): string {
  return `${block}.${cell}.${layer}`;
}

/** Light enough for the number that stands on it. */
function opColour(index: number): string {
  return `color-mix(in srgb, ${seriesColour(index)} 62%, white)`;
}
