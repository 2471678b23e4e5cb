'use client';

import type { SearchDetail } from '@blockwise/client';
import { type JobState, LatencyLayersDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { formatMilliseconds } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Moment } from '../ui/times.tsx';
import styles from './latency-panel.module.css';
import { readLatencyKey } from './read-latency-key.ts';

type Table = SearchDetail['latencyTables'][number];

/** Measured times of the layers of the space, a table for every measurement; nothing where none was asked for. */
export function LatencyPanel({ search }: { search: SearchDetail }) {
  const say = useTranslations('latency');
  if (search.latencyTables.length === 0) return null;
  return (
    <Panel title={say('title')}>
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
  const say = useTranslations('latency');
  const [open, setOpen] = useState(false);
  if (table.measuredAt == null) {
    return (
      <Empty>
        {say('measuring')} <StateChip state={state} />
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
        {say('table', {
          device: table.device ?? '–',
          engine: table.engine ?? '–',
          batch: table.batch ?? 1,
        })}
        <span className={styles.note}>
          {' · '}
          <Moment at={table.measuredAt} />
        </span>
      </summary>
      {open && <Layers table={table.id} />}
    </details>
  );
}

/** The slowest layers first. */
function Layers({ table }: { table: string }) {
  const say = useTranslations('latency');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(LatencyLayersDocument, { id: table });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  const node = data?.node;
  if (node == null || !('layers' in node)) return <Skeleton label={common('loading')} />;
  const layers = node.layers.toSorted((a, b) => b.milliseconds - a.milliseconds);
  const slowest = layers[0]?.milliseconds ?? 1;
  return (
    <Scroll label={say('times')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('layers', { count: layers.length })}</th>
            <th scope="col" className="number">
              {say('enters')}
            </th>
            <th scope="col" className="number">
              {say('time')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{say('share')}</span>
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
    </Scroll>
  );
}
