'use client';

import {
  type BoardDetailFragment,
  LeaderboardDocument,
  SharedLeaderboardDocument,
} from '@blockwise/client';
import { useClient } from '../api/api-provider.tsx';
import { usePolled } from '../api/use-polled.ts';
import { formatMoment, formatShare } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { budgetWords } from './budget-words.ts';
import { EntryTable } from './entry-table.tsx';

const refreshSeconds = 5;
const pageSize = 100;

/** A leaderboard, found by its id, or by the secret of its share link. */
export function BoardView(by: { readonly id: string } | { readonly secret: string }) {
  const client = useClient();
  const { value, error } = usePolled(async (signal) => {
    if ('id' in by) {
      const variables = { id: by.id, first: pageSize };
      return (await client.request(LeaderboardDocument, variables, { signal })).leaderboard ?? null;
    }
    const variables = { secret: by.secret, first: pageSize };
    const answer = await client.request(SharedLeaderboardDocument, variables, { signal });
    return answer.sharedLeaderboard ?? null;
  }, refreshSeconds);

  return (
    <>
      <h1>{value?.name ?? 'Leaderboard'}</h1>
      {error && <Problem>{error.message}</Problem>}
      {value === undefined && !error && <Empty>Loading…</Empty>}
      {value === null && <Problem>There is no such leaderboard, or it may not be seen.</Problem>}
      {value && <Board board={value} />}
    </>
  );
}

function Board({ board }: { board: BoardDetailFragment }) {
  const { dataset, entries, history } = board;
  return (
    <>
      {board.description !== '' && <p>{board.description}</p>}
      <p>
        {board.team.name} · {dataset.kind}{' '}
        <code title={dataset.hash}>{dataset.hash.slice(0, 8)}</code>, {dataset.classes} classes,{' '}
        {dataset.testCount} test images · budget: {budgetWords(board.budget)}
      </p>
      <Panel title="Tested networks">
        {entries.nodes.length === 0 ? (
          <Empty>No network has entered yet.</Empty>
        ) : (
          <EntryTable entries={entries.nodes} />
        )}
      </Panel>
      <Panel title="Who led when">
        {history.nodes.length === 0 && <Empty>Nobody yet.</Empty>}
        <ul>
          {history.nodes.map(({ since, until, top1, entry }) => (
            <li key={since}>
              {entry == null ? 'nobody' : entry.team.name}
              {top1 == null ? '' : ` with ${formatShare(top1)}`}, from {formatMoment(since)}
              {until == null ? '' : ` to ${formatMoment(until)}`}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
