'use client';

import { useTranslations } from 'next-intl';
import { CellCard } from '../pipeline/cell-card.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { Empty } from '../ui/page.tsx';
import styles from './cells-view.module.css';
import { LossSpread } from './loss-spread.tsx';

/** Every cell of a search, block by block, on a card that leads to its page. */
export function CellsView() {
  const say = useTranslations('common');
  const mine = useTranslations('cell');
  const { search } = useSearch();
  const [best] = search.networks;
  const isChosen = (block: number, index: number) =>
    best?.choices.some((choice) => choice.block === block && choice.cell === index) ?? false;
  if (search.blocks.length === 0) return <Empty>{mine('noCell')}</Empty>;
  return search.blocks.map((block) => (
    <section key={block.index} aria-label={say('block', { block: String(block.index) })}>
      <h2 className={styles.name}>{say('block', { block: String(block.index) })}</h2>
      <div className={styles.cells}>
        {block.cells.map((cell) => (
          <CellCard key={cell.id} cell={cell} isChosen={isChosen(cell.block, cell.index)}>
            <LossSpread cell={cell} />
          </CellCard>
        ))}
      </div>
    </section>
  ));
}
