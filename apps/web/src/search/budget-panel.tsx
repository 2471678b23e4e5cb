'use client';

import { SolveDocument, type SolveQuery } from '@blockwise/client';
import { useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import type { SearchDetail } from '../live/apply-event.ts';
import { formatCount, formatLoss } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { BlockCells, BlockHeads } from './block-cells.tsx';
import styles from './budget-panel.module.css';
import { cellsOf } from './names.ts';

type Solution = SolveQuery['solve'][number];

/** A typed number is asked for when the hand rests. */
const restSeconds = 0.25;

/** The best networks under any budget, solved exactly from the stored ratings. */
export function BudgetPanel({ search }: { search: SearchDetail }) {
  const ready = search.blocks.length > 0 && cellsOf(search).every((cell) => cell.best != null);
  return (
    <Panel title="Any other budget">
      {ready ? <Budget search={search} /> : <Empty>Open when all cells are rated.</Empty>}
    </Panel>
  );
}

function Budget({ search }: { search: SearchDetail }) {
  const client = useClient();
  const [params, setParams] = useState('');
  const [macs, setMacs] = useState('');
  const [solutions, setSolutions] = useState<readonly Solution[]>([]);
  const [error, setError] = useState<Error>();

  useEffect(() => {
    const stop = new AbortController();
    const constraints = { params: upTo(params), macs: upTo(macs) };
    const timer = setTimeout(() => {
      client
        .request(SolveDocument, { search: search.id, constraints }, { signal: stop.signal })
        .then(({ solve }) => {
          setSolutions(solve);
          setError(undefined);
        })
        .catch((reason: unknown) => {
          if (stop.signal.aborted) return;
          setSolutions([]);
          setError(reason instanceof Error ? reason : new Error(String(reason)));
        });
    }, restSeconds * 1000);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, search.id, params, macs]);

  return (
    <>
      <div className={styles.inputs}>
        <Limit name="Params at most" value={params} onChange={setParams} />
        <Limit name="Macs at most" value={macs} onChange={setMacs} />
      </div>
      {error && <Problem>{error.message}</Problem>}
      {solutions.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                Predicted loss
              </th>
              <th scope="col" className="number">
                Params
              </th>
              <th scope="col" className="number">
                Macs
              </th>
              <BlockHeads search={search} />
            </tr>
          </thead>
          <tbody>
            {solutions.map((solution) => (
              <tr key={solution.architecture}>
                <td className="number">{formatLoss(solution.loss)}</td>
                <td className="number">{formatCount(solution.params)}</td>
                <td className="number">{formatCount(solution.macs)}</td>
                <BlockCells architecture={solution.architecture} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Limit({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      {name}{' '}
      <input
        type="number"
        min="1"
        inputMode="numeric"
        placeholder="no limit"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function upTo(text: string): { max: number } | null {
  const max = Number(text);
  return max > 0 ? { max } : null;
}
