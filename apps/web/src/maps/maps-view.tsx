'use client';

import { useTranslations } from 'next-intl';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Empty, Panel } from '../ui/page.tsx';
import { CellMaps } from './cell-maps.tsx';
import { useMapsView } from './use-maps-view.ts';

/** The maps of a block, of teacher and student, for an image: whether and where the student is like its teacher. */
export function MapsView() {
  const say = useTranslations('maps');
  const common = useTranslations('common');
  const { search } = useSearch();
  const [view] = useMapsView();
  const cells = cellsOf(search);
  const won = search.networks[0]?.choices[0];
  const cell =
    cells.find(({ block, index }) => view.cell === `${block}.${index}`) ??
    cells.find(({ block, index }) => won?.block === block && won.cell === index) ??
    cells[0];
  if (search.state !== 'COMPLETE' || cell?.best == null) {
    const isEnded = search.state === 'FAILED' || search.state === 'CANCELLED';
    return (
      <Panel title={say('title')}>
        <p>{say('about')}</p>
        <Empty>
          {isEnded
            ? say('ended', { state: common(`state.${search.state}`) })
            : say('notYet', {
                now: search.phase
                  ? common(`phase.${search.phase}`)
                  : common(`state.${search.state}`),
              })}
        </Empty>
      </Panel>
    );
  }
  return <CellMaps cell={cell} best={cell.best.path} />;
}
