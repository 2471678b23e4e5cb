'use client';

import { SearchListDocument } from '@blockwise/client';
import Link from 'next/link';
import { useViewer } from '../account/viewer.tsx';
import { useClient } from '../api/api-provider.tsx';
import { usePolled } from '../api/use-polled.ts';
import { formatCount, formatWord } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Lasting, Moment } from '../ui/times.tsx';

const refreshSeconds = 3;
const pageSize = 50;

/** The newest searches, with what each is doing. */
export function SearchList() {
  const client = useClient();
  const { viewer } = useViewer();
  const { value, error } = usePolled(
    (signal) => client.request(SearchListDocument, { first: pageSize }, { signal }),
    refreshSeconds,
  );
  const searches = value?.searches;

  return (
    <Panel
      title="All searches"
      aside={searches && <span>{formatCount(searches.totalCount)} in all</span>}
    >
      {error && <Problem>{error.message}</Problem>}
      {searches === undefined && !error && <Empty>Loading…</Empty>}
      {searches?.nodes.length === 0 && (
        <Empty>
          {viewer === null ? (
            <>
              Nobody is signed in, and no search is public. <Link href="/sign-in">Sign in</Link> to
              see those of your teams.
            </>
          ) : (
            <>
              No search yet. <code>npm start</code> runs the first one; the API’s{' '}
              <code>startSearch</code> takes your own.
            </>
          )}
        </Empty>
      )}
      {searches !== undefined && searches.nodes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col">Phase</th>
              <th scope="col" className="number">
                Networks in the space
              </th>
              <th scope="col">Created</th>
              <th scope="col" className="number">
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {searches.nodes.map((search) => (
              <tr key={search.id}>
                <td>
                  <Link href={`/searches/${encodeURIComponent(search.id)}`}>{search.name}</Link>
                </td>
                <td>
                  <StateChip state={search.state} />
                </td>
                <td>{search.phase ? formatWord(search.phase) : '–'}</td>
                <td className="number">{formatCount(search.spaceSize)}</td>
                <td>
                  <Moment at={search.createdAt} />
                </td>
                <td className="number">
                  <Lasting from={search.startedAt} to={search.finishedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
