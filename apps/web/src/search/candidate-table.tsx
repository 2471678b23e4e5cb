'use client';

import { useState } from 'react';
import type { SearchDetail } from '../live/apply-event.ts';
import { formatCount, formatLoss } from '../ui/format.ts';
import { Problem } from '../ui/page.tsx';
import styles from './candidate-panel.module.css';
import { LayerChips } from './layer-chips.tsx';
import { type CandidateField, type CandidateSort, useCandidates } from './use-candidates.ts';

type Cell = SearchDetail['blocks'][number]['cells'][number];

const columns: readonly { field: CandidateField; name: string }[] = [
  { field: 'PATH', name: 'Path' },
  { field: 'LOSS', name: 'Loss' },
  { field: 'PARAMS', name: 'Params' },
  { field: 'MACS', name: 'Macs' },
];
const rows = 50;

/** The first candidates of a rated cell, sorted by the server; a click on a column's name turns it. */
export function CandidateTable({ cell }: { cell: Cell }) {
  const [sort, setSort] = useState<CandidateSort>({ field: 'LOSS', direction: 'ASC' });
  const { candidates, error } = useCandidates(cell.id, true, sort, rows);

  const turn = (field: CandidateField) =>
    setSort((before) => ({
      field,
      direction: before.field === field && before.direction === 'ASC' ? 'DESC' : 'ASC',
    }));

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
            {columns.map(({ field, name }) => (
              <th key={field} scope="col" aria-sort={ariaSort(sort, field)}>
                <button type="button" className={styles.sort} onClick={() => turn(field)}>
                  {name}
                  {sort.field === field && (sort.direction === 'ASC' ? ' ↑' : ' ↓')}
                </button>
              </th>
            ))}
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
              <td>{formatLoss(candidate.loss)}</td>
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

function ariaSort(sort: CandidateSort, field: CandidateField): 'ascending' | 'descending' | 'none' {
  if (sort.field !== field) return 'none';
  return sort.direction === 'ASC' ? 'ascending' : 'descending';
}
