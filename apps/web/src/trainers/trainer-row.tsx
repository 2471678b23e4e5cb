'use client';

import type { TrainerDetailFragment, TrainerJobFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useViewer } from '../account/viewer.tsx';
import { Chip, type ChipTone } from '../ui/chip.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Ago, Seconds } from '../ui/times.tsx';
import { DrainButton } from './drain-button.tsx';
import { JobName } from './job-name.tsx';
import styles from './trainers.module.css';

type Doing = TrainerDetailFragment['state'] | 'DRAINING';

const tones: Record<Doing, ChipTone> = {
  BUSY: 'run',
  IDLE: 'good',
  DRAINING: 'warn',
  LOST: 'wait',
};

/** One trainer: what it is, what it has under way and how fast, and whether it takes more. */
export function TrainerRow({ trainer }: { trainer: TrainerDetailFragment }) {
  const say = useTranslations('trainers');
  const { viewer } = useViewer();
  const { name, device, engine, state, isDraining, slots, busySlots, jobs } = trainer;
  const doing: Doing = state !== 'LOST' && isDraining ? 'DRAINING' : state;
  const versions = (trainer.versions ?? {}) as Record<string, string>;
  const version = versions.blockwise;
  const hidden = busySlots - jobs.length;
  return (
    <li className={styles.trainer}>
      <div className={styles.who} data-volatile>
        <h3>{name}</h3>
        <Chip tone={tones[doing]} title={say(`doingAbout.${doing}`)}>
          {say(`doing.${doing}`)}
        </Chip>
        <p className={styles.note}>
          {device} · {engine}
        </p>
      </div>
      <dl className={styles.marks}>
        <div>
          <dt>{say('load')}</dt>
          <dd data-volatile>
            {say('fact.busyOf', { busy: String(busySlots), slots: String(slots) })}
          </dd>
        </div>
        <div>
          <dt>{say('heard')}</dt>
          <dd>
            <Ago at={trainer.lastSeen} />
          </dd>
        </div>
        <div>
          <dt>{say('since')}</dt>
          <dd>
            <Ago at={trainer.firstSeen} />
          </dd>
        </div>
        <div>
          <dt>{say('version')}</dt>
          <dd
            data-volatile
            title={Object.entries(versions)
              .map((each) => each.join(' '))
              .join('\n')}
          >
            {version ?? '–'}
          </dd>
        </div>
      </dl>
      <div className={styles.jobs}>
        {jobs.map((job) => (
          <JobUnderWay key={job.id} job={job} />
        ))}
        {hidden > 0 && <p className={styles.note}>{say('hiddenJobs', { count: hidden })}</p>}
        {busySlots === 0 && <p className={styles.note}>{say(`nothing.${doing}`)}</p>}
      </div>
      {viewer?.user.isOperator === true && state !== 'LOST' && (
        <div className={styles.deed}>
          <DrainButton trainer={trainer} />
        </div>
      )}
    </li>
  );
}

/** Where a job belongs, how far it is, how fast, and for how long yet. */
function JobUnderWay({ job }: { job: TrainerJobFragment }) {
  const say = useTranslations('trainers');
  const { progress } = job;
  const share = progress && progress.total > 0 ? progress.done / progress.total : 0;
  const perSecond = progress?.perSecond;
  return (
    <div className={styles.job}>
      <JobName job={job} />
      <ProgressBar share={share} label={say('progress')} />
      <p className={styles.note} data-volatile>
        {progress?.note ?? ''}
        {progress && perSecond != null && perSecond > 0 && (
          <>
            {progress.note && ' · '}
            {say('perSecond', { count: perSecond.toPrecision(3), unit: progress.unit })}
            {' · '}
            <Seconds value={(progress.total - progress.done) / perSecond} />
          </>
        )}
      </p>
    </div>
  );
}
