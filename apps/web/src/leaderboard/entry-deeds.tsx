'use client';

import {
  BoardEntriesDocument,
  BoardHeadDocument,
  type EntryDetailFragment,
  VerifyEntryDocument,
  WithdrawEntryDocument,
} from '@blockwise/client';
import { MoreHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { tell } from '../ui/toasts.tsx';

/** What members of the entry's team may do with it. */
export function EntryDeeds({ entry }: { entry: EntryDetailFragment }) {
  const say = useTranslations('leaderboard');
  const role = useRole(entry.team.id);
  const confirm = useConfirm();
  const renews = [BoardHeadDocument, BoardEntriesDocument];
  const verify = useChange(VerifyEntryDocument, { renews });
  const withdraw = useChange(WithdrawEntryDocument, { renews });
  if (!isAtLeast(role, 'MEMBER')) return null;
  const input = { entry: entry.id };
  const askWithdraw = async () => {
    const isSure = await confirm({
      title: say('withdrawTitle'),
      text: say('withdrawText'),
      yes: say('withdraw'),
    });
    if (isSure) withdraw.mutate({ input });
  };
  return (
    <Menu
      aria-label={say('deeds')}
      onAction={(deed) =>
        deed === 'verify'
          ? verify.mutate(
              { input },
              { onSuccess: () => tell({ text: say('verifying'), tone: 'good' }) },
            )
          : void askWithdraw()
      }
      trigger={
        <Button tone="quiet" aria-label={say('deeds')} icon={<MoreHorizontal aria-hidden />} />
      }
    >
      <MenuItem
        id="verify"
        isDisabled={
          entry.imported != null || entry.state === 'VERIFYING' || entry.state === 'WITHDRAWN'
        }
      >
        {say('verify')}
      </MenuItem>
      <MenuItem id="withdraw" isDisabled={entry.state === 'WITHDRAWN'}>
        {say('withdraw')}
      </MenuItem>
    </Menu>
  );
}
