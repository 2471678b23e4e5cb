import type { EntryDetailFragment } from '@blockwise/client';
import Link from 'next/link';
import { recipeLine } from '../search/recipe-line.ts';
import { formatCount, formatMoment, formatShare, formatShareSpread } from '../ui/format.ts';
import { verificationWords } from './verification-words.ts';

/** Entries of a board in its order. */
export function EntryTable({ entries }: { entries: readonly EntryDetailFragment[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="number">
            Rank
          </th>
          <th scope="col" className="number">
            Top-1
          </th>
          <th scope="col">Verified</th>
          <th scope="col" className="number">
            Teacher’s top-1
          </th>
          <th scope="col" className="number">
            Params
          </th>
          <th scope="col" className="number">
            Macs
          </th>
          <th scope="col" className="number">
            GPU hours
          </th>
          <th scope="col" className="number">
            CPU hours
          </th>
          <th scope="col">Trained by</th>
          <th scope="col">Team</th>
          <th scope="col">Search</th>
          <th scope="col">Entered</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ entry }: { entry: EntryDetailFragment }) {
  const { differences, init, globalDistil, recipe, search, imported } = entry;
  const trainings = entry.trainings.map(({ seed }) => {
    return { seed, differences, init, globalDistil, recipe };
  });
  return (
    <tr>
      <td className="number">{entry.rank ?? ''}</td>
      <td className="number">{formatShareSpread(entry.top1, entry.top1Deviation)}</td>
      <td>{verificationWords(entry)}</td>
      <td className="number">
        {entry.teacherTop1 == null ? 'not measured' : formatShare(entry.teacherTop1)}
      </td>
      <td className="number">{formatCount(entry.params)}</td>
      <td className="number">{formatCount(entry.macs)}</td>
      <td className="number">{entry.gpuHours.toFixed(2)}</td>
      <td className="number">{entry.cpuHours.toFixed(2)}</td>
      <td>{recipeLine(trainings)}</td>
      <td>{imported?.team ?? entry.team.name}</td>
      <td>
        {search == null ? (
          (imported?.search ?? '')
        ) : (
          <Link href={`/searches/${encodeURIComponent(search.id)}`}>{search.name}</Link>
        )}
      </td>
      <td>{formatMoment(entry.enteredAt)}</td>
    </tr>
  );
}
