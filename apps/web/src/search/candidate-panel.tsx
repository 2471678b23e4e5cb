'use client';

import { useMemo, useState } from 'react';
import { ScatterChart } from '../charts/scatter-chart.tsx';
import { formatCount, formatExact, formatLossTick } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import styles from './candidate-panel.module.css';
import { CandidateTable } from './candidate-table.tsx';
import { cellName, cellsOf } from './names.ts';
import { measureName } from './read-spec.ts';
import { useSearch } from './search-frame.tsx';
import { type CandidateSort, useCandidates } from './use-candidates.ts';

/** Points drawn at most; the best ones come first. */
const drawnLimit = 2000;
const byLoss: CandidateSort = { field: 'LOSS', direction: 'ASC' };

/** All rated paths of one cell: rating against cost, and as a table in any order. */
export function CandidatePanel() {
  const { search } = useSearch();
  const cells = cellsOf(search);
  const [chosen, setChosen] = useState<string>();
  const cell = cells.find(({ id }) => id === chosen) ?? cells.find(({ best }) => best) ?? cells[0];
  const rated = cell?.best != null;
  const { candidates, error } = useCandidates(cell?.id, rated, byLoss, drawnLimit);
  const points = useMemo(
    () => candidates.map(({ path, macs, loss }) => ({ id: path, x: Number(macs), y: loss })),
    [candidates],
  );

  const measure = measureName(search);

  return (
    <Panel
      title="Candidates"
      aside={
        <label>
          Cell{' '}
          <select value={cell?.id} onChange={(event) => setChosen(event.target.value)}>
            {cells.map((each) => (
              <option key={each.id} value={each.id}>
                {cellName(each)} · {formatExact(each.candidateCount)} paths
                {each.best ? '' : ' · not rated yet'}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {error && <Problem>{error.message}</Problem>}
      {cell === undefined || !rated ? (
        <Empty>This cell is not rated yet.</Empty>
      ) : (
        <div className={styles.columns}>
          <ScatterChart
            points={points}
            marked={cell.best?.path}
            xName="macs"
            yName={measure === '' ? 'loss' : `loss (${measure})`}
            formatX={formatCount}
            formatY={formatLossTick}
            label={`Rating against macs of ${formatExact(points.length)} candidates of ${cellName(cell)}`}
          />
          <CandidateTable cell={cell} />
        </div>
      )}
    </Panel>
  );
}
