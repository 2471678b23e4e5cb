'use client';

import type { BoardHeadFragment, EntryDetailFragment } from '@blockwise/client';
import { GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { Button } from '../ui/button.tsx';
import { Segments } from '../ui/fields.tsx';
import { formatCount, formatMilliseconds, formatShare, formatShareSpread } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { BoundField } from './bound-field.tsx';
import { EntryLegend } from './entry-legend.tsx';
import { EntryTable } from './entry-table.tsx';
import styles from './leaderboard.module.css';
import { isInside } from './pareto.ts';
import { ParetoPicture } from './pareto-picture.tsx';
import { type BoardKey, useEntries } from './use-board.ts';
import { type CostAxis, costAxes, standings, useEntryView } from './use-entry-view.ts';

const formats: Record<CostAxis, (value: number) => string> = {
  params: formatCount,
  macs: formatCount,
  latency: formatMilliseconds,
};

/** The entries of a board as a picture and a table that show the same choice. */
export function BoardEntries({
  boardKey,
  board,
  mayCompare,
}: {
  boardKey: BoardKey;
  board: BoardHeadFragment;
  mayCompare: boolean;
}) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const view = useEntryView();
  const { items, totalCount, error, again, more, isReading } = useEntries(boardKey, view);
  const [pointed, setPointed] = useState<string>();
  const picked = new Set(view.picked);
  const points = (items ?? []).flatMap((entry) => {
    const cost = costOf(entry, view.axis);
    if (cost === null) return [];
    const point = { cost, top1: entry.top1 };
    const isSelected = picked.has(entry.id) || (view.brush !== null && isInside(point, view.brush));
    return [{ ...point, entry, isSelected, name: nameOf(entry, view.axis) }];
  });
  const selected = new Set(
    points.filter(({ isSelected }) => isSelected).map(({ entry }) => entry.id),
  );
  for (const id of picked) selected.add(id);
  const compared = items?.filter(({ id }) => selected.has(id)).slice(0, 2) ?? [];
  const toggle = (id: string, isChosen: boolean) => {
    // What was brushed becomes a choice of its own once somebody changes it.
    const next = new Set(selected);
    if (isChosen) next.add(id);
    else next.delete(id);
    view.choose({ picked: [...next], brush: null });
  };
  return (
    <Panel
      title={say('tested')}
      aside={
        <span className={styles.actions}>
          <Segments
            label={say('shown')}
            value={view.standing}
            options={standings.map((value) => ({ value, name: say(`standing.${value}`) }))}
            onChange={(standing) => view.choose({ standing })}
          />
        </span>
      }
    >
      <div className={styles.stack}>
        <div className={styles.filters}>
          <BoundField
            label={say('paramsMax')}
            value={view.paramsMax}
            onChange={(paramsMax) => view.choose({ paramsMax })}
          />
          <BoundField
            label={say('macsMax')}
            value={view.macsMax}
            onChange={(macsMax) => view.choose({ macsMax })}
          />
          {selected.size > 0 && (
            <Button onPress={() => view.choose({ picked: [], brush: null })}>
              {say('clear', { count: selected.size })}
            </Button>
          )}
          {mayCompare && selected.size === 2 && (
            <LinkButton
              href={`/compare?entries=${compared.map(({ id }) => encodeURIComponent(id)).join(',')}`}
              icon={<GitCompareArrows aria-hidden />}
            >
              {say('compare')}
            </LinkButton>
          )}
        </div>
        {error && <ApiProblem error={error} onRetry={again} />}
        {items === undefined && !error && <Skeleton lines={8} label={common('loading')} />}
        {items?.length === 0 && <Empty>{say('noEntries')}</Empty>}
        {items !== undefined && items.length > 0 && (
          <>
            <ChartFrame
              name={say('pictureName', { board: board.name })}
              table={() => ({
                columns: [
                  { name: say('rank'), isNumber: true },
                  { name: say('top1'), isNumber: true },
                  { name: say(`axis.${view.axis}`), isNumber: true },
                  { name: say('state') },
                  { name: say('team') },
                ],
                rows: points.map(({ entry, cost, top1 }) => [
                  entry.rank ?? null,
                  top1,
                  cost,
                  say(`states.${entry.state}`),
                  entry.team.name,
                ]),
              })}
              aside={
                <Segments
                  label={say('costAxis')}
                  value={view.axis}
                  options={costAxes.map((value) => ({ value, name: say(`axis.${value}`) }))}
                  onChange={(axis) => view.choose({ axis })}
                />
              }
            >
              {points.length === 0 ? (
                <Empty>{say('noCost')}</Empty>
              ) : (
                <ParetoPicture
                  points={points}
                  x={{ name: say(`axis.${view.axis}`), format: formats[view.axis] }}
                  y={{ name: say('top1'), format: formatShare }}
                  label={say('pictureLabel', { count: points.length })}
                  brush={view.brush}
                  pointed={pointed}
                  onBrush={(brush) => view.choose({ brush, picked: [] })}
                  onPoint={setPointed}
                />
              )}
            </ChartFrame>
            <EntryLegend />
            <p className={styles.told} aria-live="polite">
              {points.find(({ entry }) => entry.id === pointed)?.name ?? say('brushHint')}
            </p>
            <EntryTable
              entries={items}
              view={view}
              selected={selected}
              pointed={pointed}
              onPoint={setPointed}
              onToggle={toggle}
            />
            {items.length < totalCount && (
              <p className={styles.note}>
                {say('shownOf', { shown: items.length, total: totalCount })}
              </p>
            )}
            {more && (
              <div>
                <Button isDisabled={isReading} onPress={more}>
                  {common('more')}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </Panel>
  );
}

function costOf(entry: EntryDetailFragment, axis: CostAxis): number | null {
  switch (axis) {
    case 'params':
      return Number(entry.params);
    case 'macs':
      return Number(entry.macs);
    case 'latency':
      return entry.latencyMs ?? null;
    default:
      return axis satisfies never;
  }
}

function nameOf(entry: EntryDetailFragment, axis: CostAxis): string {
  const cost = costOf(entry, axis);
  return [
    entry.rank == null ? undefined : `#${entry.rank}`,
    formatShareSpread(entry.top1, entry.top1Deviation),
    cost === null ? undefined : formats[axis](cost),
    entry.search?.name ?? entry.imported?.search,
    entry.team.name,
  ]
    .filter((part) => part != null)
    .join(' · ');
}
