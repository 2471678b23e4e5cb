'use client';

import { useTranslations } from 'next-intl';
import { formatExact } from '../ui/format.ts';
import { type Check, useSpecDraft } from './spec-draft.tsx';
import styles from './start.module.css';

type Cell = Check['blocks'][number]['cells'][number];

/** The teacher's blocks with their shapes, and under each the cells that will learn to do its work. */
export function SpacePicture() {
  const say = useTranslations('start');
  const common = useTranslations('common');
  const { check } = useSpecDraft();
  if (check === undefined || check.blocks.length === 0) return null;
  const widest = Math.max(
    ...check.blocks.flatMap(({ cells }) => cells.map((cell) => cell.channels)),
  );
  return (
    <section
      className={styles.picture}
      aria-label={say('picture')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
    >
      {check.blocks.map(({ index, cells, input, output }) => (
        <div key={index} className={styles.block}>
          <div className={styles.cut}>
            <strong>{common('block', { block: String(index) })}</strong>
            {input && output
              ? `${input.size}×${input.size}×${input.channels} → ${output.size}×${output.size}×${output.channels}`
              : say('shapeUnknown')}
          </div>
          {cells.map((cell) => (
            <CellShape key={cell.index} block={index} cell={cell} widest={widest} />
          ))}
        </div>
      ))}
    </section>
  );
}

/** A cell: a bar for each layer, as long as it is wide. */
function CellShape({ block, cell, widest }: { block: number; cell: Cell; widest: number }) {
  const say = useTranslations('start');
  const common = useTranslations('common');
  const share = 0.25 + (0.75 * cell.channels) / widest;
  return (
    <div className={styles.cell}>
      <span>{common('cell', { block: String(block), cell: String(cell.index) })}</span>
      <div className={styles.layers} aria-hidden>
        {Array.from({ length: cell.layers }, (_, layer) => (
          <span key={layer} style={{ width: `${100 * share}%` }} />
        ))}
      </div>
      <span className={styles.note}>
        {say('cellShape', {
          layers: cell.layers,
          channels: String(cell.channels),
          stride: String(cell.stride),
          paths: formatExact(cell.candidateCount),
        })}
      </span>
    </div>
  );
}
