'use client';

import {
  BoardEntriesDocument,
  BoardHeadDocument,
  type BoardHeadFragment,
  EnterableNetworksDocument,
  EnterLeaderboardDocument,
  SearchListDocument,
} from '@blockwise/client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Select } from '../ui/fields.tsx';
import { formatCount, formatShare } from '../ui/format.ts';
import { Empty, Problem } from '../ui/page.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './leaderboard.module.css';

const mostSearches = 100;

/** Enters a tested network; for members of the board's team, and of any team where the board is public. */
export function EnterButton({ board }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  const { viewer } = useViewer();
  const role = useRole(board.team.id);
  const [isOpen, setOpen] = useState(false);
  const isMember =
    board.visibility === 'PUBLIC'
      ? viewer?.memberships.some((membership) => isAtLeast(membership.role, 'MEMBER'))
      : isAtLeast(role, 'MEMBER');
  if (isMember !== true) return null;
  return (
    <>
      <Button icon={<Plus aria-hidden />} onPress={() => setOpen(true)}>
        {say('enter')}
      </Button>
      <Dialog isOpen={isOpen} title={say('enterTitle')} onOpenChange={setOpen}>
        <EnterForm board={board} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function EnterForm({ board, onDone }: { board: BoardHeadFragment; onDone: () => void }) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const [search, setSearch] = useState('');
  const [network, setNetwork] = useState('');
  const searches = useApi(SearchListDocument, { first: mostSearches });
  const networks = useApi(EnterableNetworksDocument, { id: search }, { isReady: search !== '' });
  const { networks: found, requested } = networks.data?.search ?? {};
  const tested =
    found &&
    [
      ...found.nodes.map((each) => ({
        ...each,
        name: common('network', { place: String(each.predictedRank) }),
      })),
      ...(requested?.nodes ?? []).map((each, at) => ({
        ...each,
        name: common('requestedNetwork', { place: String(at + 1) }),
      })),
    ].filter(({ top1 }) => top1 !== null);
  const enter = useChange(EnterLeaderboardDocument, {
    renews: [BoardHeadDocument, BoardEntriesDocument],
    showsOwnErrors: true,
  });
  const press = () =>
    enter.mutate(
      { input: { leaderboard: board.id, network } },
      {
        onSuccess: () => {
          tell({ text: say('enteredNow'), tone: 'good' });
          onDone();
        },
      },
    );
  return (
    <div className={styles.stack}>
      <p className={styles.note}>{say('enterAbout')}</p>
      <Select
        label={say('search')}
        value={search}
        options={[
          { value: '', name: common('none') },
          ...(searches.data?.searches.nodes ?? []).map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(next) => {
          setSearch(next);
          setNetwork('');
        }}
      />
      {tested?.length === 0 && <Empty>{say('noTested')}</Empty>}
      {tested !== undefined && tested.length > 0 && (
        <Select
          label={say('network')}
          value={network}
          options={[
            { value: '', name: common('none') },
            ...tested.map(({ id, name, top1, params, macs }) => ({
              value: id,
              name: `${name} · ${formatShare(top1 ?? 0)} · ${formatCount(params)} params · ${formatCount(macs)} macs`,
            })),
          ]}
          onChange={setNetwork}
        />
      )}
      {enter.error && <Problem>{enter.error.message}</Problem>}
      <DialogButtons>
        <Button onPress={onDone}>{common('cancel')}</Button>
        <Button tone="main" isDisabled={network === '' || enter.isPending} onPress={press}>
          {say('enter')}
        </Button>
      </DialogButtons>
    </div>
  );
}
