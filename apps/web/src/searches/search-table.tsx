'use client';

import type { SearchSummaryFragment } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { searchPath } from '../search/search-path.ts';
import { Checkbox } from '../ui/fields.tsx';
import { formatCount, formatShare } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { SortHead } from '../ui/sort-head.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Moment, Seconds } from '../ui/times.tsx';
import type { Field } from './list-address.ts';
import type { useListState } from './list-state.ts';
import styles from './searches.module.css';

type List = ReturnType<typeof useListState>;

/** Searches as rows: what each is, does, has found and has taken. */
export function SearchTable({
  searches,
  list,
  ticked,
  canTick,
  onTick,
}: {
  searches: readonly SearchSummaryFragment[];
  list: List;
  ticked: ReadonlySet<string>;
  canTick: boolean;
  onTick: (ticked: ReadonlySet<string>) => void;
}) {
  const say = useTranslations('searches');
  const all = searches.every(({ id }) => ticked.has(id));
  const sort = (field: Field, first: 'ASC' | 'DESC') => ({
    direction: list.field === field ? list.direction : undefined,
    first,
    onSort: (direction: 'ASC' | 'DESC') => list.setOrder(field, direction),
  });
  return (
    <table>
      <thead>
        <tr>
          {canTick && (
            <th scope="col">
              <Checkbox
                aria-label={say('tickAll')}
                isSelected={all}
                isIndeterminate={!all && searches.some(({ id }) => ticked.has(id))}
                onChange={(on) => onTick(new Set(on ? searches.map(({ id }) => id) : []))}
              />
            </th>
          )}
          <SortHead name={say('column.name')} {...sort('NAME', 'ASC')} />
          <th scope="col">{say('column.state')}</th>
          <th scope="col">{say('column.progress')}</th>
          <SortHead isNumber name={say('column.best')} {...sort('BEST_TOP1', 'DESC')} />
          <th scope="col" className="number" title={say('column.costAbout')}>
            {say('column.cost')}
          </th>
          <th scope="col" className="number">
            {say('column.space')}
          </th>
          <SortHead name={say('column.created')} {...sort('CREATED_AT', 'DESC')} />
          <th scope="col">{say('column.by')}</th>
        </tr>
      </thead>
      <tbody>
        {searches.map((search) => (
          <Row
            key={search.id}
            search={search}
            isTicked={ticked.has(search.id)}
            canTick={canTick}
            onTag={(tag) => list.setFilter({ tag })}
            onTick={(on) => {
              const next = new Set(ticked);
              if (on) next.add(search.id);
              else next.delete(search.id);
              onTick(next);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  search,
  isTicked,
  canTick,
  onTag,
  onTick,
}: {
  search: SearchSummaryFragment;
  isTicked: boolean;
  canTick: boolean;
  onTag: (tag: string) => void;
  onTick: (on: boolean) => void;
}) {
  const say = useTranslations('searches');
  const phase = useTranslations('common.phase');
  return (
    <tr>
      {canTick && (
        <td>
          <Checkbox
            aria-label={say('tick', { name: search.name })}
            isSelected={isTicked}
            onChange={onTick}
          />
        </td>
      )}
      <td>
        <div className={styles.name}>
          <Link href={searchPath(search.id)}>{search.name}</Link>
          {search.tags.length > 0 && (
            <span className={styles.tags}>
              {search.tags.map((tag) => (
                <button
                  key={tag}
                  type="button"
                  className={styles.tag}
                  title={say('withTag', { tag })}
                  onClick={() => onTag(tag)}
                >
                  {tag}
                </button>
              ))}
            </span>
          )}
        </div>
      </td>
      <td>
        <StateChip state={search.state} />
      </td>
      <td>
        <div className={styles.progress}>
          <ProgressBar share={search.progress} label={say('progressOf', { name: search.name })} />
          {search.phase && <span className={styles.note}>{phase(search.phase)}</span>}
        </div>
      </td>
      <td className="number">{search.bestTop1 == null ? '–' : formatShare(search.bestTop1)}</td>
      <td className="number">
        <Seconds value={search.gpuSeconds} />
      </td>
      <td className="number">{formatCount(search.spaceSize)}</td>
      <td>
        <Moment at={search.createdAt} />
      </td>
      <td>
        {search.createdBy?.name ?? '–'}
        <span className={styles.note}> · {search.team.name}</span>
      </td>
    </tr>
  );
}
