'use client';

import { LeaderboardDocument } from '@blockwise/client';
import Link from 'next/link';
import { useClient } from '../api/api-provider.tsx';
import { usePolled } from '../api/use-polled.ts';
import { formatCount, formatMoment, formatShare, formatShareSpread } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { recipeLine } from './recipe-line.ts';

const refreshSeconds = 5;
const pageSize = 100;

/** Retrained and tested networks of all searches, the most accurate first. */
export function Leaderboard() {
  const client = useClient();
  const { value, error } = usePolled(
    (signal) => client.request(LeaderboardDocument, { first: pageSize }, { signal }),
    refreshSeconds,
  );
  const entries = value?.leaderboard;

  return (
    <Panel title="Tested networks">
      {error && <Problem>{error.message}</Problem>}
      {entries === undefined && !error && <Empty>Loading…</Empty>}
      {entries?.nodes.length === 0 && <Empty>No network has been tested yet.</Empty>}
      {entries !== undefined && entries.nodes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                Rank
              </th>
              <th scope="col" className="number">
                Top-1
              </th>
              <th scope="col" className="number">
                Teacher’s top-1
              </th>
              <th scope="col" className="number">
                Params
              </th>
              <th scope="col" className="number">
                Macs
              </th>
              <th scope="col">Trained by</th>
              <th scope="col">Search</th>
              <th scope="col">Data set</th>
              <th scope="col">Entered</th>
            </tr>
          </thead>
          <tbody>
            {entries.nodes.map((entry) => (
              <tr key={entry.id}>
                <td className="number">{entry.rank}</td>
                <td className="number">{formatShareSpread(entry.top1, entry.top1Deviation)}</td>
                <td className="number">
                  {entry.teacherTop1 == null ? 'not measured' : formatShare(entry.teacherTop1)}
                </td>
                <td className="number">{formatCount(entry.params)}</td>
                <td className="number">{formatCount(entry.macs)}</td>
                <td>{recipeLine(entry.network.retrainings)}</td>
                <td>
                  <Link href={`/searches/${encodeURIComponent(entry.search.id)}`}>
                    {entry.search.name}
                  </Link>
                </td>
                <td>
                  {entry.datasetKind}{' '}
                  <code title={entry.datasetHash}>{entry.datasetHash.slice(0, 8)}</code>
                </td>
                <td>{formatMoment(entry.enteredAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
