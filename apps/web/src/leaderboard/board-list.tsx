'use client';

import { type BoardSummaryFragment, LeaderboardsDocument } from '@blockwise/client';
import Link from 'next/link';
import { useClient } from '../api/api-provider.tsx';
import { usePolled } from '../api/use-polled.ts';
import { formatShareSpread } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { budgetWords } from './budget-words.ts';

const refreshSeconds = 5;
const pageSize = 100;

/** Every leaderboard that may be seen. */
export function BoardList() {
  const client = useClient();
  const { value, error } = usePolled(
    (signal) => client.request(LeaderboardsDocument, { first: pageSize }, { signal }),
    refreshSeconds,
  );
  const boards = value?.leaderboards;

  return (
    <Panel title="Leaderboards">
      {error && <Problem>{error.message}</Problem>}
      {boards === undefined && !error && <Empty>Loading…</Empty>}
      {boards?.nodes.length === 0 && <Empty>No network has been tested yet.</Empty>}
      {boards !== undefined && boards.nodes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Team</th>
              <th scope="col">Budget</th>
              <th scope="col">Data set</th>
              <th scope="col" className="number">
                Entries
              </th>
              <th scope="col" className="number">
                Best top-1
              </th>
            </tr>
          </thead>
          <tbody>
            {boards.nodes.map((board) => (
              <BoardRow key={board.id} board={board} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function BoardRow({ board }: { board: BoardSummaryFragment }) {
  const { dataset, leader } = board;
  return (
    <tr>
      <td>
        <Link href={`/leaderboard/${encodeURIComponent(board.id)}`}>{board.name}</Link>
      </td>
      <td>{board.team.name}</td>
      <td>{budgetWords(board.budget)}</td>
      <td>
        {dataset.kind} <code title={dataset.hash}>{dataset.hash.slice(0, 8)}</code>
      </td>
      <td className="number">{board.entryCount}</td>
      <td className="number">
        {leader == null ? '' : formatShareSpread(leader.top1, leader.top1Deviation)}
      </td>
    </tr>
  );
}
