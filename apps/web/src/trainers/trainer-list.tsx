'use client';

import type { TrainerDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { ApiProblem } from '../api/api-problem.tsx';
import { Button } from '../ui/button.tsx';
import { Segments, TextField } from '../ui/fields.tsx';
import { formatExact } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { useRested } from '../ui/use-rested.ts';
import { TrainerRow } from './trainer-row.tsx';
import styles from './trainers.module.css';
import { type Shown, useLiveTrainers } from './use-live-trainers.ts';

/** From so many on one looks for a trainer by its name. */
const manyTrainers = 8;
/** What is typed is asked for when hands rest. */
const restSeconds = 0.25;

/** Every trainer with its device, load and jobs, live. */
export function TrainerList() {
  const say = useTranslations('trainers');
  const common = useTranslations('common');
  const [shown, setShown] = useQueryState(
    'show',
    parseAsStringLiteral(['here', 'gone'] as const).withDefault('here'),
  );
  const [text, setText] = useQueryState('text', parseAsString.withDefault(''));
  const asked = useRested(text, restSeconds).trim();
  const { items, totalCount, error, more, isReading, again } = useLiveTrainers(shown, asked);
  return (
    <Panel
      title={say('list')}
      aside={
        <div className={styles.filters}>
          {(totalCount > manyTrainers || text !== '') && (
            <TextField
              label={say('filter.text')}
              value={text}
              onChange={(next) => setText(next || null)}
            />
          )}
          <Segments<Shown>
            label={say('filter.show')}
            value={shown}
            options={[
              { value: 'here', name: say('filter.here') },
              { value: 'gone', name: say('filter.gone') },
            ]}
            onChange={setShown}
          />
        </div>
      }
    >
      {error && <ApiProblem error={error} onRetry={again} />}
      {items === undefined && !error && <Skeleton lines={4} label={common('loading')} />}
      {items?.length === 0 && (
        <Empty>{asked === '' ? say(`none.${shown}`) : say('none.fits', { text: asked })}</Empty>
      )}
      {items !== undefined && items.length > 0 && (
        <ul className={styles.trainers} aria-label={say('list')}>
          {inOrder(items, shown).map((trainer) => (
            <TrainerRow key={trainer.id} trainer={trainer} />
          ))}
        </ul>
      )}
      {more && (
        <Button isDisabled={isReading} onPress={more}>
          {common('more')}
          {items && ` (${formatExact(totalCount - items.length)})`}
        </Button>
      )}
    </Panel>
  );
}

/** As the API sorts them, also those that came meanwhile. */
function inOrder(
  trainers: readonly TrainerDetailFragment[],
  shown: Shown,
): readonly TrainerDetailFragment[] {
  return trainers.toSorted((a, b) =>
    shown === 'here'
      ? a.name.localeCompare(b.name, undefined, { numeric: true }) || a.id.localeCompare(b.id)
      : b.lastSeen.localeCompare(a.lastSeen),
  );
}
