'use client';

import {
  DrainTrainerDocument,
  QueueDocument,
  type TrainerDetailFragment,
  TrainersDocument,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { tell } from '../ui/toasts.tsx';

/** Has a trainer finish what it has and take no more; or take jobs again. */
export function DrainButton({ trainer }: { trainer: TrainerDetailFragment }) {
  const say = useTranslations('trainers.drain');
  const confirm = useConfirm();
  const { mutateAsync, isPending } = useChange(DrainTrainerDocument, {
    renews: [TrainersDocument, QueueDocument],
  });
  const { id, name, isDraining, busySlots } = trainer;
  const set = (next: boolean) => mutateAsync({ input: { trainer: id, isDraining: next } });
  const takeAgain = async () => {
    await set(false);
    tell({ text: say('takesAgain', { name }), tone: 'good' });
  };
  const drain = async () => {
    const yes = await confirm({
      title: say('title', { name }),
      text: say('text', { jobs: busySlots }),
      yes: say('yes'),
    });
    if (!yes) return;
    await set(true);
    tell({ text: say('done', { name }), tone: 'good', undo: () => void takeAgain() });
  };
  return (
    <Button
      isDisabled={isPending}
      aria-label={say(isDraining ? 'againOf' : 'yesOf', { name })}
      onPress={isDraining ? takeAgain : drain}
    >
      {say(isDraining ? 'again' : 'yes')}
    </Button>
  );
}
