'use client';

import type { QueueQuery } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Chip } from '../ui/chip.tsx';
import { formatExact } from '../ui/format.ts';
import { Fact, Facts, Panel } from '../ui/page.tsx';
import { useTimes } from '../ui/use-times.ts';
import { standing } from './standing.ts';
import styles from './trainers.module.css';

type Queue = QueueQuery['queue'];

/** In one sentence whether everything works, then how much there is to do and until when. */
export function QueueNow({ queue }: { queue: Queue }) {
  const say = useTranslations('trainers');
  const { trainers, waiting, running, paused } = queue;
  const { word, tone } = standing(queue);
  return (
    <Panel title={say('now')}>
      <p className={styles.now} aria-live="polite">
        <Chip tone={tone}>{say(`standing.${word}`)}</Chip>
        <span data-volatile>
          {say(`sentence.${word}`, {
            trainers: trainers.takingJobs,
            busy: trainers.busySlots,
            slots: trainers.slots,
            waiting,
            lost: trainers.lost,
          })}
        </span>
        {trainers.lost > 0 && <Link href="/trainers?show=gone">{say('whoIsLost')}</Link>}
      </p>
      <Facts>
        <Fact
          name={say('fact.waiting')}
          note={paused > 0 ? say('fact.paused', { count: paused }) : undefined}
        >
          {formatExact(waiting)}
        </Fact>
        <Fact name={say('fact.running')} note={<ByPhase phases={queue.phases} />}>
          {formatExact(running)}
        </Fact>
        <Fact name={say('fact.empty')}>
          <EmptyIn queue={queue} />
        </Fact>
        {waiting + running > 0 && (
          <Fact
            name={say('fact.searches')}
            note={say(queue.searchBasis === 'DEFAULT' ? 'fact.guessed' : 'fact.searchesAbout')}
          >
            {queue.searchSeconds ? <Between seconds={queue.searchSeconds} /> : '–'}
          </Fact>
        )}
        <Fact
          name={say('fact.slots')}
          note={
            trainers.draining > 0 ? say('fact.draining', { count: trainers.draining }) : undefined
          }
        >
          <span data-volatile>
            {say('fact.busyOf', {
              busy: formatExact(trainers.busySlots),
              slots: formatExact(trainers.slots),
            })}
          </span>
        </Fact>
      </Facts>
    </Panel>
  );
}

function ByPhase({ phases }: Pick<Queue, 'phases'>) {
  const phase = useTranslations('common.phase');
  return phases
    .filter(({ running }) => running > 0)
    .map((each) => `${phase(each.phase)} ${each.running}`)
    .join(' · ');
}

function EmptyIn({ queue: { seconds, gap, waiting, running } }: { queue: Queue }) {
  const say = useTranslations('trainers');
  if (gap != null) return <span className={styles.gap}>{say(`gap.${gap}`)}</span>;
  if (seconds == null || waiting + running === 0) return say('fact.emptyNow');
  return <Between seconds={seconds} />;
}

/** The one number where both are told alike. */
function Between({ seconds: { low, high } }: { seconds: { low: number; high: number } }) {
  const say = useTranslations('trainers');
  const { duration } = useTimes();
  const [least, most] = [duration(low), duration(high)];
  return (
    <span data-volatile>{least === most ? least : say('between', { low: least, high: most })}</span>
  );
}
