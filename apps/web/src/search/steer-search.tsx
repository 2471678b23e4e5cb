'use client';

import {
  CancelSearchDocument,
  PauseSearchDocument,
  ResumeSearchDocument,
  type SearchDetail,
  SetPriorityDocument,
} from '@blockwise/client';
import { CircleX, Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Select } from '../ui/fields.tsx';
import { tell } from '../ui/toasts.tsx';

const priorities = ['LOW', 'NORMAL', 'HIGH'] as const;

/** Priority, pause, resume, cancel: what members of the team can do in the search's state. */
export function SteerSearch({ search }: { search: SearchDetail }) {
  const say = useTranslations('search.steer');
  const role = useRole(search.team.id);
  const confirm = useConfirm();
  const cancel = useChange(CancelSearchDocument);
  const pause = useChange(PauseSearchDocument);
  const resume = useChange(ResumeSearchDocument);
  const prefer = useChange(SetPriorityDocument);
  const variables = { input: { search: search.id } };
  const isOpen = search.state === 'QUEUED' || search.state === 'RUNNING';

  if (!isAtLeast(role, 'MEMBER')) return null;
  const doPause = async () => {
    await pause.mutateAsync(variables);
    tell({ text: say('paused'), tone: 'good', undo: () => resume.mutate(variables) });
  };
  const doCancel = async () => {
    const yes = await confirm({
      title: say('cancelTitle', { name: search.name }),
      text: say('cancelText'),
      yes: say('cancel'),
    });
    if (yes) cancel.mutate(variables);
  };

  return (
    <>
      {(isOpen || search.state === 'PAUSED') && (
        <Select
          label={say('priority')}
          value={search.priority}
          options={priorities.map((value) => ({ value, name: say(`priorities.${value}`) }))}
          onChange={(priority) => prefer.mutate({ input: { search: search.id, priority } })}
        />
      )}
      {isOpen && (
        <Button
          icon={<Pause aria-hidden />}
          isDisabled={pause.isPending}
          onPress={() => doPause().catch(() => undefined)}
        >
          {say('pause')}
        </Button>
      )}
      {search.state === 'PAUSED' && (
        <Button
          tone="main"
          icon={<Play aria-hidden />}
          isDisabled={resume.isPending}
          onPress={() => resume.mutate(variables)}
        >
          {say('resume')}
        </Button>
      )}
      {(isOpen || search.state === 'PAUSED') && (
        <Button
          tone="danger"
          icon={<CircleX aria-hidden />}
          isDisabled={cancel.isPending}
          onPress={doCancel}
        >
          {say('cancel')}
        </Button>
      )}
    </>
  );
}
