'use client';

import {
  BoardHeadDocument,
  type BoardHeadFragment,
  LeaderboardsDocument,
  UpdateLeaderboardDocument,
} from '@blockwise/client';
import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { tell } from '../ui/toasts.tsx';
import { BoardFields, type BoardTexts, OtherProblem } from './board-fields.tsx';

/** Another name, description or visibility; for maintainers of the board's team. */
export function EditBoard({ board }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  const role = useRole(board.team.id);
  const [isOpen, setOpen] = useState(false);
  if (!isAtLeast(role, 'MAINTAINER')) return null;
  return (
    <>
      <Button icon={<Pencil aria-hidden />} onPress={() => setOpen(true)}>
        {say('edit')}
      </Button>
      <Dialog isOpen={isOpen} title={say('editTitle')} onOpenChange={setOpen}>
        <EditForm board={board} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function EditForm({ board, onDone }: { board: BoardHeadFragment; onDone: () => void }) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const [texts, setTexts] = useState<BoardTexts>({
    name: board.name,
    description: board.description,
    visibility: board.visibility,
  });
  const update = useChange(UpdateLeaderboardDocument, {
    renews: [BoardHeadDocument, LeaderboardsDocument],
    showsOwnErrors: true,
  });
  const submit = () =>
    update.mutate(
      { input: { leaderboard: board.id, ...texts } },
      {
        onSuccess: () => {
          tell({ text: say('edited'), tone: 'good' });
          onDone();
        },
      },
    );
  return (
    <Form isColumn label={say('editTitle')} onSubmit={submit}>
      <BoardFields texts={texts} error={update.error} onChange={setTexts} />
      <OtherProblem error={update.error} fields={['name', 'description']} />
      <DialogButtons>
        <Button onPress={onDone}>{common('cancel')}</Button>
        <Button tone="main" type="submit" isDisabled={update.isPending}>
          {say('save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
