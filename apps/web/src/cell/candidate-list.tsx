'use client';

import {
  type CandidateFilter,
  CandidatesDocument,
  type CellDetailFragment,
} from '@blockwise/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { memo, useEffect, useRef } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useClient } from '../api/api-provider.tsx';
import { LayerChips } from '../search/layer-chips.tsx';
import { formatCount, formatExact, formatLoss, formatShare } from '../ui/format.ts';
import styles from './candidate-list.module.css';
import type { orders } from './explorer-state.ts';

type Order = (typeof orders)[number];

const pageSize = 100;
const rowPixels = 36;

/** The paths that pass, in the server's order, page by page as one scrolls. */
export const CandidateList = memo(function CandidateList({
  cell,
  filter,
  by,
  way,
  onSort,
  pointed,
  onPoint,
  hasKl,
  hasTop1,
}: {
  cell: CellDetailFragment;
  filter: CandidateFilter;
  by: Order;
  way: 'ASC' | 'DESC';
  onSort: (by: Order, way: 'ASC' | 'DESC') => void;
  /** The path that is pointed at, here or in the cloud. */
  pointed: string | undefined;
  onPoint: (path: string | undefined) => void;
  /** Whether there are the measures that put paths into the teacher. */
  hasKl: boolean;
  hasTop1: boolean;
}) {
  const say = useTranslations('cell');
  const client = useClient();
  const host = useRef<HTMLElement>(null);
  const asked = { cell: cell.id, filter, orderBy: { field: by, direction: way } };
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['Candidates', 'pages', asked],
    queryFn: ({ pageParam, signal }) =>
      client.request(
        CandidatesDocument,
        { ...asked, first: pageSize, after: pageParam },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ candidates: { pageInfo } }) =>
      pageInfo.hasNextPage ? pageInfo.endCursor : null,
    placeholderData: keepPreviousData,
  });
  const rows = data?.pages.flatMap(({ candidates }) => candidates.nodes) ?? [];
  const total = data?.pages[0]?.candidates.totalCount;
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: () => rowPixels,
    overscan: 8,
  });
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && last >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetching, last, rows.length, fetchNextPage]);

  const above = shown[0]?.start ?? 0;
  const below = list.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const columns: readonly { field: Order | undefined; name: string; isNumber?: boolean }[] = [
    { field: undefined, name: say('rank'), isNumber: true },
    { field: 'PATH', name: say('path') },
    { field: 'LOSS', name: say('axis.loss'), isNumber: true },
    ...(hasKl ? [{ field: 'KL' as const, name: say('axis.kl'), isNumber: true }] : []),
    ...(hasTop1 ? [{ field: 'TOP1' as const, name: say('axis.top1'), isNumber: true }] : []),
    { field: 'PARAMS', name: say('axis.params'), isNumber: true },
    { field: 'MACS', name: say('axis.macs'), isNumber: true },
    { field: undefined, name: say('layers') },
  ];
  return (
    <>
      {error && <ApiProblem error={error} />}
      <p className={styles.count} aria-live="polite">
        {total !== undefined &&
          say('passing', { count: formatExact(total), all: formatExact(cell.candidateCount) })}
      </p>
      <section
        ref={host}
        className={styles.table}
        aria-label={say('candidates')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
      >
        <table aria-rowcount={total === undefined ? -1 : total + 1}>
          <thead>
            <tr>
              {columns.map(({ field, name, isNumber }) => (
                <th
                  key={name}
                  scope="col"
                  className={isNumber ? 'number' : undefined}
                  {...(field !== undefined && {
                    'aria-sort': field !== by ? 'none' : way === 'ASC' ? 'ascending' : 'descending',
                  })}
                >
                  {field === undefined ? (
                    name
                  ) : (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => onSort(field, field === by && way === 'ASC' ? 'DESC' : 'ASC')}
                    >
                      {name}
                      {field === by && (way === 'ASC' ? ' ↑' : ' ↓')}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr aria-hidden style={{ height: above }} />}
            {shown.map(({ index }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <tr
                  key={row.path}
                  aria-rowindex={index + 2}
                  data-pointed={row.path === pointed || undefined}
                  style={{ height: rowPixels }}
                  onPointerEnter={() => onPoint(row.path)}
                  onPointerLeave={() => onPoint(undefined)}
                >
                  <td className="number">{formatExact(row.rank)}</td>
                  <td>
                    <button
                      type="button"
                      className={styles.path}
                      onFocus={() => onPoint(row.path)}
                      onClick={() => onPoint(row.path)}
                    >
                      <code>{row.path}</code>
                    </button>
                  </td>
                  <td className="number">
                    {formatLoss(row.loss)}
                    {row.error != null && (
                      <span className={styles.error}> ± {row.error.toPrecision(2)}</span>
                    )}
                  </td>
                  {hasKl && <td className="number">{row.kl == null ? '–' : formatLoss(row.kl)}</td>}
                  {hasTop1 && (
                    <td className="number">{row.top1 == null ? '–' : formatShare(row.top1)}</td>
                  )}
                  <td className="number">{formatCount(row.params)}</td>
                  <td className="number">{formatCount(row.macs)}</td>
                  <td>
                    <LayerChips layers={row.layers} />
                  </td>
                </tr>
              );
            })}
            {below > 0 && <tr aria-hidden style={{ height: below }} />}
          </tbody>
        </table>
      </section>
    </>
  );
});
