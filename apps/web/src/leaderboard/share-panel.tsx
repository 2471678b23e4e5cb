'use client';

import {
  BoardHeadDocument,
  type BoardHeadFragment,
  ShareLeaderboardDocument,
  UnshareLeaderboardDocument,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Panel } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import { tell } from '../ui/toasts.tsx';
import { Badge } from './board-tools.tsx';
import styles from './leaderboard.module.css';

/** The link for people without an account: made, shown once, ended. */
export function SharePanel({ board }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  const confirm = useConfirm();
  const [secret, setSecret] = useState<string>();
  const share = useChange(ShareLeaderboardDocument, { renews: [BoardHeadDocument] });
  const unshare = useChange(UnshareLeaderboardDocument, { renews: [BoardHeadDocument] });
  const input = { leaderboard: board.id };
  const make = async () => {
    // A new link ends the one before.
    if (board.isShared) {
      const question = { title: say('againTitle'), text: say('againText'), yes: say('shareAgain') };
      if (!(await confirm(question))) return;
    }
    share.mutate(
      { input },
      { onSuccess: ({ shareLeaderboard }) => setSecret(shareLeaderboard.secret) },
    );
  };
  const end = async () => {
    const question = { title: say('endTitle'), text: say('endText'), yes: say('unshare') };
    if (!(await confirm(question))) return;
    unshare.mutate(
      { input },
      {
        onSuccess: () => {
          setSecret(undefined);
          tell({ text: say('unshared'), tone: 'good' });
        },
      },
    );
  };
  return (
    <Panel title={say('share')}>
      <div className={styles.stack}>
        <p className={styles.note}>{board.isShared ? say('isShared') : say('notShared')}</p>
        <div className={styles.actions}>
          <Button isDisabled={share.isPending} onPress={make}>
            {board.isShared ? say('shareAgain') : say('makeLink')}
          </Button>
          {board.isShared && (
            <Button tone="danger" isDisabled={unshare.isPending} onPress={end}>
              {say('unshare')}
            </Button>
          )}
        </div>
        {secret !== undefined && (
          <>
            <Secret
              about={say('shareOnce')}
              text={`${window.location.origin}/share/${secret}`}
              onClose={() => setSecret(undefined)}
            />
            <Badge path={`${board.badgeUrl}?share=${secret}`} name={board.name} />
          </>
        )}
      </div>
    </Panel>
  );
}
