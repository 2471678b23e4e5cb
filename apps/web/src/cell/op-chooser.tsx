'use client';

import { useTranslations } from 'next-intl';
import type { OpChoice } from './explorer-state.ts';
import styles from './op-chooser.module.css';
import { OpGrid } from './op-grid.tsx';

/** Which operations each layer may have; none chosen in a layer means any. */
export function OpChooser({
  ops,
  layers,
  chosen,
  onChange,
}: {
  ops: readonly string[];
  layers: number;
  chosen: OpChoice | null;
  onChange: (chosen: OpChoice | null) => void;
}) {
  const say = useTranslations('cell');
  const toggle = (layer: number, op: number) => {
    const before = chosen?.get(layer) ?? [];
    const own = before.includes(op)
      ? before.filter((each) => each !== op)
      : [...before, op].sort((a, b) => a - b);
    const next = new Map(chosen ?? []);
    if (own.length === 0) next.delete(layer);
    else next.set(layer, own);
    onChange(next.size === 0 ? null : next);
  };
  return (
    <details className={styles.chooser} open={(chosen?.size ?? 0) > 0}>
      <summary>{say('filterOps')}</summary>
      <OpGrid
        ops={ops}
        layers={layers}
        isChosen={(layer, op) => chosen?.get(layer)?.includes(op) ?? false}
        onPress={toggle}
      />
    </details>
  );
}
