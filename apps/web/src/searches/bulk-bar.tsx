'use client';

import {
  CancelSearchDocument,
  PauseSearchDocument,
  ResumeSearchDocument,
  type SearchSummaryFragment,
  UpdateSearchDocument,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAtLeast } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { TextField } from '../ui/fields.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './searches.module.css';

/** Searches that the API compares at once. */
const mostCompared = 10;

/** What can be done with several searches at once: all can be compared, those of one's teams changed. */
export function BulkBar({
  chosen,
  onDone,
}: {
  chosen: readonly SearchSummaryFragment[];
  onDone: () => void;
}) {
  const say = useTranslations('searches.bulk');
  const confirm = useConfirm();
  const cancel = useChange(CancelSearchDocument);
  const pause = useChange(PauseSearchDocument);
  const resume = useChange(ResumeSearchDocument);
  const update = useChange(UpdateSearchDocument);
  const [tag, setTag] = useState('');

  const { viewer } = useViewer();
  const own = chosen.filter(({ team }) => {
    const membership = viewer?.memberships.find((each) => each.team.id === team.id);
    return isAtLeast(membership?.role, 'MEMBER');
  });
  const open = own.filter(({ state }) => state === 'QUEUED' || state === 'RUNNING');
  const paused = own.filter(({ state }) => state === 'PAUSED');
  const endable = [...open, ...paused];
  /** One after the other: what fails is told for itself, and the others are done. */
  const each = async (
    searches: readonly SearchSummaryFragment[],
    change: (search: SearchSummaryFragment) => Promise<unknown>,
  ) => {
    let done = 0;
    for (const search of searches) {
      await change(search).then(
        () => {
          done += 1;
        },
        () => undefined,
      );
    }
    if (done > 0) tell({ text: say('done', { count: done }), tone: 'good' });
    onDone();
  };
  const inputOf = ({ id }: SearchSummaryFragment) => ({ input: { search: id } });
  const cancelAll = async () => {
    const yes = await confirm({
      title: say('cancelTitle', { count: endable.length }),
      text: say('cancelText'),
      yes: say('cancel'),
    });
    if (yes) await each(endable, (search) => cancel.mutateAsync(inputOf(search)));
  };

  return (
    <div className={styles.bulk} role="toolbar" aria-label={say('title')}>
      <strong>{say('count', { count: chosen.length })}</strong>
      {chosen.length > 1 && chosen.length <= mostCompared && (
        <LinkButton
          href={`/compare?searches=${chosen.map(({ id }) => encodeURIComponent(id)).join(',')}`}
        >
          {say('compare')}
        </LinkButton>
      )}
      {open.length > 0 && (
        <Button onPress={() => each(open, (search) => pause.mutateAsync(inputOf(search)))}>
          {say('pause')}
        </Button>
      )}
      {paused.length > 0 && (
        <Button onPress={() => each(paused, (search) => resume.mutateAsync(inputOf(search)))}>
          {say('resume')}
        </Button>
      )}
      {endable.length > 0 && (
        <Button tone="danger" onPress={cancelAll}>
          {say('cancel')}
        </Button>
      )}
      {own.length > 0 && (
        <>
          <TextField label={say('tag')} value={tag} onChange={setTag} />
          <Button
            isDisabled={tag.trim() === ''}
            onPress={() =>
              each(own, ({ id, tags }) =>
                update.mutateAsync({
                  input: { search: id, tags: [...new Set([...tags, tag.trim()])] },
                }),
              )
            }
          >
            {say('addTag')}
          </Button>
        </>
      )}
      {own.length < chosen.length && (
        <span className={styles.note}>{say('others', { count: chosen.length - own.length })}</span>
      )}
    </div>
  );
}
