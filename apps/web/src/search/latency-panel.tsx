'use client';

import type { SearchDetail } from '@blockwise/client';
import { type JobState, LatencyLayersDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { formatExact, formatMilliseconds, formatMoment } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './latency-panel.module.css';
import { readLatencyKey } from './read-latency-key.ts';

type Table = SearchDetail['latencyTables'][number];

/** Measured times of the layers of the space, a table for every measurement; nothing where none was asked for. */
export function LatencyPanel({ search }: { search: SearchDetail }) {
  if (search.latencyTables.length === 0) return null;
  return (
    <Panel title="Latency">
      {search.latencyTables.toReversed().map((table) => (
        <LatencyTable
          key={table.id}
          table={table}
          state={search.jobs.find((job) => job.latencyTable?.id === table.id)?.state}
        />
      ))}
    </Panel>
  );
}

function LatencyTable({ table, state = 'QUEUED' }: { table: Table; state?: JobState | undefined }) {
  const [open, setOpen] = useState(false);
  if (table.measuredAt == null) {
    return (
      <Empty>
        Measuring: <StateChip state={state} />
      </Empty>
    );
  }
  return (
    <details
      className={styles.table}
      // What was read once stays.
      onToggle={({ currentTarget }) => currentTarget.open && setOpen(true)}
    >
      <summary>
        {table.device}, engine {table.engine},{' '}
        {table.batch === 1 ? 'one image' : `${table.batch} images`} at a time
        <span className={styles.note}> · {formatMoment(table.measuredAt)}</span>
      </summary>
      {open && <Layers table={table.id} />}
    </details>
  );
}

/** The slowest layers first. */
function Layers({ table }: { table: string }) {
  const client = useClient();
  const { value, error } = useAnswer(table, (signal) =>
    client.request(LatencyLayersDocument, { id: table }, { signal }),
  );
  if (error) return <Problem>{error.message}</Problem>;
  const node = value?.node;
  if (node == null || !('layers' in node)) return <Empty>Loading…</Empty>;
  const layers = node.layers.toSorted((a, b) => b.milliseconds - a.milliseconds);
  const slowest = layers[0]?.milliseconds ?? 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Times of layers">
      <table>
        <thead>
          <tr>
            <th scope="col">{formatExact(layers.length)} layers and parts of heads</th>
            <th scope="col" className="number">
              What enters
            </th>
            <th scope="col" className="number">
              Time of one image
            </th>
            <th scope="col">
              <span className="visually-hidden">Share of the slowest</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ key, milliseconds }) => {
            const { layer, channels, size } = readLatencyKey(key);
            return (
              <tr key={key}>
                <td>
                  <code>{layer}</code>
                </td>
                <td className="number">
                  {size}×{size}×{channels}
                </td>
                <td className="number">{formatMilliseconds(milliseconds)}</td>
                <td className={styles.bars}>
                  <span
                    className={styles.bar}
                    style={{ width: `${(100 * milliseconds) / slowest}%` }}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
