'use client';

import type { EntryDetailFragment, EntryOrderField } from '@blockwise/client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { recipeLine } from '../search/recipe-words.ts';
import { searchPath } from '../search/search-path.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/fields.tsx';
import { formatCount, formatMilliseconds, formatShare, formatShareSpread } from '../ui/format.ts';
import { Scroll } from '../ui/scroll.tsx';
import { Moment } from '../ui/times.tsx';
import { EntryDeeds } from './entry-deeds.tsx';
import { EntryStateCell } from './entry-state.tsx';
import styles from './leaderboard.module.css';
import type { EntryView } from './use-entry-view.ts';

/** Entries in the server's order; the chosen ones are those of the picture. */
export function EntryTable({
  entries,
  view,
  selected,
  pointed,
  onPoint,
  onToggle,
}: {
  entries: readonly EntryDetailFragment[];
  view: EntryView;
  selected: ReadonlySet<string>;
  pointed: string | undefined;
  onPoint: (id: string | undefined) => void;
  onToggle: (id: string, isChosen: boolean) => void;
}) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const recipe = useTranslations('recipe');
  const head = (field: EntryOrderField, name: string, isNumber = true) => (
    <SortHead field={field} name={name} isNumber={isNumber} view={view} />
  );
  return (
    <Scroll label={say('tested')}>
      <table className={styles.entries}>
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">
              {say('rank')}
            </th>
            <th scope="col">{say('network')}</th>
            {head('TOP1', say('top1'))}
            <th scope="col">{say('state')}</th>
            {head('PARAMS', say('axis.params'))}
            {head('MACS', say('axis.macs'))}
            <th scope="col" className="number">
              {say('axis.latency')}
            </th>
            <th scope="col">{say('team')}</th>
            <th scope="col">{say('trainedBy')}</th>
            <th scope="col" className="number">
              {say('teacher')}
            </th>
            <th scope="col" className="number">
              {say('gpuHours')}
            </th>
            <th scope="col" className="number">
              {say('cpuHours')}
            </th>
            {head('ENTERED_AT', say('entered'), false)}
            <td />
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr
              key={entry.id}
              data-selected={selected.has(entry.id) || undefined}
              data-pointed={entry.id === pointed || undefined}
              onPointerEnter={() => onPoint(entry.id)}
              onPointerLeave={() => onPoint(undefined)}
              onFocus={() => onPoint(entry.id)}
              onBlur={() => onPoint(undefined)}
            >
              <td>
                <Checkbox
                  aria-label={say('select', { rank: entry.rank ?? common('none') })}
                  isSelected={selected.has(entry.id)}
                  onChange={(isChosen) => onToggle(entry.id, isChosen)}
                />
              </td>
              <td className="number">{entry.rank ?? common('none')}</td>
              <th scope="row">
                <NetworkName entry={entry} />
              </th>
              <td className="number">{formatShareSpread(entry.top1, entry.top1Deviation)}</td>
              <td>
                <EntryStateCell entry={entry} />
              </td>
              <td className="number">{formatCount(entry.params)}</td>
              <td className="number">{formatCount(entry.macs)}</td>
              <td className="number">
                {entry.latencyMs == null ? common('none') : formatMilliseconds(entry.latencyMs)}
              </td>
              <td>
                {entry.imported?.team ?? entry.team.name}
                {entry.enteredBy && <span className={styles.note}> {entry.enteredBy.name}</span>}
              </td>
              <td className={styles.recipe}>{recipeOf(recipe, entry)}</td>
              <td className="number">
                {entry.teacherTop1 == null ? common('none') : formatShare(entry.teacherTop1)}
              </td>
              <td className="number">{entry.gpuHours.toFixed(2)}</td>
              <td className="number">{entry.cpuHours.toFixed(2)}</td>
              <td>
                <Moment at={entry.enteredAt} />
              </td>
              <td>
                <EntryDeeds entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The network's page where it may be seen, else the search's name. */
function NetworkName({ entry: { network, search, imported } }: { entry: EntryDetailFragment }) {
  const say = useTranslations('leaderboard');
  const name = search?.name ?? imported?.search ?? say('hidden');
  if (search == null || network == null) return name;
  return <Link href={searchPath(search.id, 'networks', network.id)}>{name}</Link>;
}

function recipeOf(
  say: Parameters<typeof recipeLine>[0],
  { trainings, ...training }: EntryDetailFragment,
): string {
  return recipeLine(
    say,
    trainings.map(({ seed }) => ({ ...training, seed })),
  );
}

function SortHead({
  field,
  name,
  isNumber,
  view: { order, isReversed, orderBy, choose },
}: {
  field: EntryOrderField;
  name: string;
  isNumber: boolean;
  view: EntryView;
}) {
  const say = useTranslations('common.sort');
  const isChosen = order === field;
  const isDown = orderBy?.direction === 'DESC';
  return (
    <th
      scope="col"
      className={isNumber ? 'number' : undefined}
      aria-sort={isChosen ? (isDown ? 'descending' : 'ascending') : undefined}
    >
      <Button
        tone="quiet"
        aria-label={say('by', { column: name })}
        icon={isChosen && (isDown ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
        onPress={() => choose({ order: field, isReversed: isChosen ? !isReversed : false })}
      >
        {name}
      </Button>
    </th>
  );
}
