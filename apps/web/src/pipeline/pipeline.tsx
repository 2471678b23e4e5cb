'use client';

import { useTranslations } from 'next-intl';
import { type CSSProperties, useState } from 'react';
import { useSearch } from '../search/search-frame.tsx';
import { Panel } from '../ui/page.tsx';
import { CellCard } from './cell-card.tsx';
import { FoundNetworks } from './found-networks.tsx';
import { Now } from './now.tsx';
import { PhaseSteps } from './phase-steps.tsx';
import styles from './pipeline.module.css';
import { BlockHead, TeacherEnd, TeacherStart } from './teacher-strip.tsx';

/**
 * The search as one live picture: the teacher on top, cut into blocks; under every block the cells that
 * learn to do its work; on the right the networks that were put together from them.
 */
export function Pipeline() {
  const say = useTranslations('pipeline');
  const { search } = useSearch();
  const [pointed, setPointed] = useState<string>();
  const network =
    search.networks.find(({ id }) => id === pointed) ??
    search.networks.find(({ predictedRank }) => predictedRank === 1);
  const isChosen = (block: number, cell: number) =>
    network?.choices.some((choice) => choice.block === block && choice.cell === cell) ?? false;

  return (
    <Panel title={say('title')}>
      <Now />
      <PhaseSteps />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={say('picture')}>
        <div
          className={styles.picture}
          style={{ '--blocks': Math.max(1, search.blocks.length) } as CSSProperties}
        >
          <TeacherStart />
          {search.blocks.map((block) => (
            <BlockHead key={block.index} block={block.index} />
          ))}
          {search.blocks.length === 0 && <p className={styles.none}>{say('noBlocks')}</p>}
          <TeacherEnd />
          <p className={styles.side}>{say('cellsAbout')}</p>
          {search.blocks.map((block) => (
            <div key={block.index} className={styles.column}>
              {block.cells.map((cell) => (
                <CellCard key={cell.id} cell={cell} isChosen={isChosen(cell.block, cell.index)} />
              ))}
            </div>
          ))}
          {search.blocks.length === 0 && <div />}
          <FoundNetworks pointed={network?.id} onPoint={setPointed} />
        </div>
      </section>
    </Panel>
  );
}
