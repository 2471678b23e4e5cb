'use client';

import {
  type BoardEventDetailFragment,
  BoardEventsDocument,
  type BoardHeadFragment,
  type LeaderboardEventKind,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Chip, type ChipTone } from '../ui/chip.tsx';
import { formatShare } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Moment } from '../ui/times.tsx';
import styles from './leaderboard.module.css';

const shownAtFirst = 8;
const mostEvents = 1000;

/** Who led from when to when, the present leader first. */
export function LeadHistory({ board: { history } }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  return (
    <Panel title={say('leaders')}>
      {history.nodes.length === 0 ? (
        <Empty>{say('noLeader')}</Empty>
      ) : (
        <Shortened
          items={history.nodes.map(({ since, until, top1, entry }) => (
            <li key={since}>
              <strong>{entry?.team.name ?? say('nobody')}</strong>
              {top1 != null && <span>{formatShare(top1)}</span>}
              <span className={styles.note}>
                <Moment at={since} /> – {until == null ? say('now') : <Moment at={until} />}
              </span>
            </li>
          ))}
        />
      )}
    </Panel>
  );
}

const tones: Record<LeaderboardEventKind, ChipTone> = {
  ENTERED: 'run',
  VERIFIED: 'good',
  REJECTED: 'bad',
  VERIFICATION_FAILED: 'warn',
  WITHDRAWN: 'wait',
  LEADER_CHANGED: 'run',
};

/** What happened on the board, the newest first. */
export function BoardEvents({ id }: { id: string }) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(BoardEventsDocument, {
    leaderboard: id,
    first: mostEvents,
  });
  const events = data?.leaderboardChanged.events.toReversed();
  return (
    <Panel title={say('events')}>
      {error && <ApiProblem error={error} onRetry={refetch} />}
      {events === undefined && !error && <Skeleton label={common('loading')} />}
      {events?.length === 0 && <Empty>{say('noEvents')}</Empty>}
      {events !== undefined && events.length > 0 && (
        <Shortened
          items={events.map((event) => (
            <li key={event.cursor}>
              <Chip tone={tones[event.kind]}>{say(`event.${event.kind}`)}</Chip>
              <WhatAbout event={event} />
              <span className={styles.note}>
                <Moment at={event.at} />
              </span>
            </li>
          ))}
        />
      )}
    </Panel>
  );
}

function WhatAbout({ event: { entry, top1, verifiedTop1 } }: { event: BoardEventDetailFragment }) {
  const say = useTranslations('leaderboard');
  if (entry == null) return <span>{say('nobody')}</span>;
  return (
    <span>
      {entry.search?.name ?? entry.team.name}
      {top1 != null && ` · ${formatShare(top1)}`}
      {verifiedTop1 != null && ` · ${say('measured', { top1: formatShare(verifiedTop1) })}`}
    </span>
  );
}

function Shortened({ items }: { items: readonly ReactNode[] }) {
  const common = useTranslations('common');
  const [showsAll, setShowsAll] = useState(false);
  return (
    <>
      <ul className={styles.history}>{showsAll ? items : items.slice(0, shownAtFirst)}</ul>
      {!showsAll && items.length > shownAtFirst && (
        <Button tone="quiet" onPress={() => setShowsAll(true)}>
          {common('more')}
        </Button>
      )}
    </>
  );
}
