'use client';

import type { SearchDetail } from '@blockwise/client';
import { SearchCostsDocument, SolveDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { WholeNumber } from '../ui/whole-number.tsx';
import { BoundsForm } from './bounds-form.tsx';
import styles from './budget-panel.module.css';
import { FrontPicture } from './front-picture.tsx';
import { cellsOf } from './names.ts';
import { readBudget, type Side, type TypedBounds } from './read-budget.ts';
import { useSearch } from './search-frame.tsx';
import { SolutionTable } from './solution-table.tsx';

/** A typed number is asked for when the hand rests. */
const restSeconds = 0.25;
const maxima: readonly Side[] = ['max'];
const bothSides: readonly Side[] = ['min', 'max'];

/** The best networks under any budget, solved exactly from the stored ratings. */
export function BudgetPanel() {
  const { search } = useSearch();
  const ready = search.blocks.length > 0 && cellsOf(search).every((cell) => cell.best != null);
  return (
    <Panel title="Any other budget">
      {ready ? <Budget search={search} /> : <Empty>Open when all cells are rated.</Empty>}
    </Panel>
  );
}

function Budget({ search }: { search: SearchDetail }) {
  const client = useClient();
  const [typed, setTyped] = useState<TypedBounds>({});
  const [sides, setSides] = useState(maxima);
  const [networks, setNetworks] = useState(5);
  const [minDistance, setMinDistance] = useState(0);
  const hasLatency = search.latencyTables.some(({ measuredAt }) => measuredAt != null);
  const { constraints, wrong } = readBudget(typed, sides);
  const variables = { search: search.id, constraints, networks, minDistance };
  const solved = useAnswer(
    wrong.length > 0 ? undefined : JSON.stringify(variables),
    (signal) => client.request(SolveDocument, variables, { signal }),
    restSeconds,
  );
  // What does not fit the budget as it stands is not shown beside it.
  const solutions = solved.error ? [] : (solved.value?.solve ?? []);
  const { dataset } = search;
  const costs = useAnswer(dataset == null ? undefined : search.id, (signal) =>
    client.request(
      SearchCostsDocument,
      {
        search: search.id,
        inputSize: dataset?.size ?? 0,
        classes: dataset?.classes.length ?? 0,
      },
      { signal },
    ),
  );

  return (
    <>
      <BoundsForm
        typed={typed}
        sides={sides}
        wrong={wrong}
        costs={costs.value?.search?.space.costs}
        hasLatency={hasLatency}
        onChange={setTyped}
      />
      <div className={styles.options}>
        <WholeNumber
          name="Networks"
          about="How many of the best ones"
          value={networks}
          least={1}
          most={100}
          onChange={setNetworks}
        />
        <WholeNumber
          name="Layers that differ, at least"
          about="In any two of the networks (Hamming distance)"
          value={minDistance}
          least={0}
          most={1000}
          onChange={setMinDistance}
        />
        <label>
          <input
            type="checkbox"
            checked={sides.includes('min')}
            onChange={(event) => setSides(event.target.checked ? bothSides : maxima)}
          />{' '}
          Minima too
        </label>
      </div>
      {solved.error && <Problem>{solved.error.message}</Problem>}
      {solutions.length > 0 && (
        <div className={solved.isOld ? styles.old : styles.scroll}>
          <SolutionTable search={search} solutions={solutions} />
        </div>
      )}
      <FrontPicture
        search={search}
        solutions={solutions}
        constraints={constraints}
        hasLatency={hasLatency}
      />
    </>
  );
}
