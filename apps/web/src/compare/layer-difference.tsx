'use client';

import { Equal, EqualNot, Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { layerWords } from '../search/layer-words.ts';
import { Scroll } from '../ui/scroll.tsx';
import styles from './layer-difference.module.css';

export interface LayerRow {
  /** From 1; 0 for the stem. */
  readonly block: number;
  readonly layer: number;
  readonly a?: string | null;
  readonly b?: string | null;
}

const marks = { kept: Equal, changed: EqualNot, added: Plus, removed: Minus } as const;

/** Two networks layer by layer; what became of each is told by a mark and a word. */
export function LayerDifference({
  name,
  a,
  b,
  layers,
}: {
  name: string;
  a: string;
  b: string;
  layers: readonly LayerRow[];
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  return (
    <Scroll label={name}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('place')}</th>
            <th scope="col">{a}</th>
            <th scope="col">{say('change')}</th>
            <th scope="col">{b}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((row) => {
            const change = changeOf(row);
            const Mark = marks[change];
            return (
              <tr key={`${row.block} ${row.layer}`} className={styles[change]}>
                <th scope="row">
                  {row.block === 0 ? say('stem') : common('block', { block: row.block })} ·{' '}
                  {row.layer}
                </th>
                <td title={row.a ?? undefined}>{row.a ? layerWords(row.a) : '–'}</td>
                <td>
                  <span className={styles.mark}>
                    <Mark aria-hidden />
                    {say(`changes.${change}`)}
                  </span>
                </td>
                <td title={row.b ?? undefined}>{row.b ? layerWords(row.b) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function changeOf({ a, b }: LayerRow): keyof typeof marks {
  if (!a) return 'added';
  if (!b) return 'removed';
  return a === b ? 'kept' : 'changed';
}
