'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { SampleGrid } from '../classify/sample-grid.tsx';
import type { useSamples } from '../classify/use-samples.ts';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { useNames } from '../search/use-names.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import styles from './choice-panel.module.css';
import { PathChooser } from './path-chooser.tsx';
import { useMapsView } from './use-maps-view.ts';
import { usePathOfRank } from './use-path-rating.ts';

const noGuesses: ReadonlyMap<number, number> = new Map();

/** Which maps are shown: of which cell, image and path, and of which other path beside it. */
export function ChoicePanel({
  cell,
  best,
  path,
  beside,
  read: { samples, error },
}: {
  cell: CellDetailFragment;
  /** The cell's best path. */
  best: string;
  path: string;
  beside: string | undefined;
  read: ReturnType<typeof useSamples>;
}) {
  const say = useTranslations('maps');
  const common = useTranslations('common');
  const names = useNames();
  const { search } = useSearch();
  const [view, setView] = useMapsView();
  const pathOfRank = usePathOfRank(cell.id);
  const compare = async () => {
    const next = await pathOfRank(path === best ? 2 : 1);
    if (next !== undefined) void setView({ beside: next });
  };
  return (
    <Panel
      title={say('title')}
      aside={
        <Select
          label={say('cell')}
          value={`${cell.block}.${cell.index}`}
          options={cellsOf(search)
            .filter((each) => each.best != null)
            .map((each) => ({ value: `${each.block}.${each.index}`, name: names.cell(each) }))}
          onChange={(next) => void setView({ cell: next, path: null, beside: null, channel: null })}
        />
      }
    >
      <p className={styles.about}>{say('about')}</p>
      <section className={styles.images} aria-label={say('image.title')}>
        {samples ? (
          <>
            <p className={styles.about}>{say('image.about', { count: samples.count })}</p>
            <div className={styles.thumbnails}>
              <SampleGrid
                samples={samples}
                classes={search.dataset?.classes ?? []}
                guesses={noGuesses}
                chosen={view.sample}
                onChoose={(sample) => void setView({ sample })}
              />
            </div>
          </>
        ) : samples === null ? (
          <Empty>{say('image.none')}</Empty>
        ) : error ? (
          <ApiProblem error={error} />
        ) : (
          <Skeleton lines={3} label={common('loading')} />
        )}
      </section>
      <div className={styles.paths}>
        <PathChooser
          name={beside === undefined ? say('path.title') : say('pathA')}
          cell={cell}
          path={path}
          onPath={(next) => void setView({ path: next === best ? null : next })}
        />
        {beside === undefined ? (
          <div>
            <Button icon={<GitCompareArrows aria-hidden />} onPress={() => void compare()}>
              {say('compare')}
            </Button>
          </div>
        ) : (
          <PathChooser
            name={say('pathB')}
            cell={cell}
            path={beside}
            onPath={(next) => void setView({ beside: next })}
            onRemove={() => void setView({ beside: null })}
          />
        )}
      </div>
    </Panel>
  );
}
