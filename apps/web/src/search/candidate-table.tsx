'use client';

import type { SearchDetail } from '@blockwise/client';
import { useState } from 'react';
import { formatCount, formatLoss, formatShare } from '../ui/format.ts';
import { Problem } from '../ui/page.tsx';
import styles from './candidate-panel.module.css';
import { LayerChips } from './layer-chips.tsx';
import { type CandidateField, type CandidateSort, useCandidates } from './use-candidates.ts';

type Cell = SearchDetail['blocks'][number]['cells'][number];

const rows = 50;

/** The first candidates of a rated cell, sorted by the server; a click on a column's name turns it. */
export function CandidateTable({ cell }: { cell: Cell }) {
  const [sort, setSort] = useState<CandidateSort>({ field: 'LOSS', direction: 'ASC' });
  const { candidates, error } = useCandidates(cell.id, true, sort, rows);
  // Only measures that put paths into the teacher know what it then answers.
  const hasKl = candidates.some(({ kl }) => kl != null);
  const hasTop1 = candidates.some(({ top1 }) => top1 != null);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Rated candidates">
      {error && <Problem>{error.message}</Problem>}
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">
              Rank
            </th>
            <SortHead field="PATH" name="Path" sort={sort} onSort={setSort} />
            <SortHead field="LOSS" name="Loss" sort={sort} onSort={setSort} />
            {hasKl && (
              <th scope="col" title="KL(teacher ‖ teacher with this path in place of the block)">
                KL
              </th>
            )}
            {hasTop1 && (
              <th
                scope="col"
                title="Accuracy of the teacher with this path in place of the block, on the rating set"
              >
                Top-1
              </th>
            )}
            <SortHead field="PARAMS" name="Params" sort={sort} onSort={setSort} />
            <SortHead field="MACS" name="Macs" sort={sort} onSort={setSort} />
            <th scope="col">Layers</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate) => (
            <tr key={candidate.path}>
              <td className="number">{candidate.rank}</td>
              <td>
                <code>{candidate.path}</code>
              </td>
              <td title={candidate.error == null ? undefined : '95% confidence interval'}>
                {formatLoss(candidate.loss)}
                {candidate.error != null && (
                  <span className={styles.error}> ± {candidate.error.toPrecision(2)}</span>
                )}
              </td>
              {hasKl && <td>{candidate.kl == null ? '–' : formatLoss(candidate.kl)}</td>}
              {hasTop1 && <td>{candidate.top1 == null ? '–' : formatShare(candidate.top1)}</td>}
              <td>{formatCount(candidate.params)}</td>
              <td>{formatCount(candidate.macs)}</td>
              <td>
                <LayerChips layers={candidate.layers} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A column's name that sorts by it; again, and it sorts the other way round. */
function SortHead({
  field,
  name,
  sort,
  onSort,
}: {
  field: CandidateField;
  name: string;
  sort: CandidateSort;
  onSort: (sort: CandidateSort) => void;
}) {
  const own = sort.field === field ? sort.direction : undefined;
  return (
    <th
      scope="col"
      aria-sort={own === undefined ? 'none' : own === 'ASC' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ field, direction: own === 'ASC' ? 'DESC' : 'ASC' })}
      >
        {name}
        {own !== undefined && (own === 'ASC' ? ' ↑' : ' ↓')}
      </button>
    </th>
  );
}
