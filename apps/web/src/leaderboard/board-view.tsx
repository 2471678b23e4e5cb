'use client';

import type { BoardHeadFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { isAtLeast, useRole } from '../account/rights.ts';
import { ApiProblem } from '../api/api-problem.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatExact, formatShare } from '../ui/format.ts';
import { Fact, Facts, Page, Problem, Skeleton } from '../ui/page.tsx';
import { BoardEntries } from './board-entries.tsx';
import { BoardEvents, LeadHistory } from './board-history.tsx';
import { BoardTools } from './board-tools.tsx';
import { EditBoard } from './edit-board.tsx';
import { EnterButton } from './enter-button.tsx';
import styles from './leaderboard.module.css';
import { SharePanel } from './share-panel.tsx';
import { type BoardKey, useBoard, useLiveBoard } from './use-board.ts';
import { useBoardWords } from './use-words.ts';

/** A leaderboard, found by its id, or by the secret of its share link. */
export function BoardView(key: BoardKey) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const { board, error, again } = useBoard(key);
  if (board == null) {
    return (
      <Page title={say('one')}>
        {error ? (
          <ApiProblem error={error} onRetry={again} />
        ) : board === null ? (
          <Problem>{say('noBoard')}</Problem>
        ) : (
          <Skeleton lines={8} label={common('loading')} />
        )}
      </Page>
    );
  }
  return 'secret' in key ? (
    <Page title={board.name} aside={<Chip tone="wait">{say('readOnly')}</Chip>}>
      <Head board={board} />
      <BoardEntries boardKey={key} board={board} mayCompare={false} />
      <LeadHistory board={board} />
    </Page>
  ) : (
    <OwnBoard id={key.id} board={board} />
  );
}

function OwnBoard({ id, board }: { id: string; board: BoardHeadFragment }) {
  const role = useRole(board.team.id);
  useLiveBoard(id, board.cursor);
  return (
    <Page
      title={board.name}
      aside={
        <div className={styles.actions}>
          <EditBoard board={board} />
          <EnterButton board={board} />
        </div>
      }
    >
      <Head board={board} />
      <BoardEntries boardKey={{ id }} board={board} mayCompare />
      <div className={styles.pair}>
        <LeadHistory board={board} />
        <BoardEvents id={id} />
      </div>
      <div className={styles.pair}>
        <BoardTools board={board} />
        {isAtLeast(role, 'MAINTAINER') && <SharePanel board={board} />}
      </div>
    </Page>
  );
}

function Head({ board }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const words = useBoardWords();
  const { dataset } = board;
  return (
    <>
      {board.description !== '' && <p>{board.description}</p>}
      <Facts>
        <Fact
          name={say('team')}
          note={`${say('visibility')}: ${common(`visibility.${board.visibility}`)}`}
        >
          {board.team.name}
        </Fact>
        <Fact
          name={say('dataset')}
          note={say('datasetNote', {
            classes: formatExact(dataset.classes),
            images: formatExact(dataset.testCount),
            size: String(dataset.imageSize),
          })}
        >
          {dataset.kind} <code title={dataset.hash}>{dataset.hash.slice(0, 8)}</code>
        </Fact>
        <Fact name={say('budgetName')}>{words.budget(board.budget)}</Fact>
        <Fact name={say('tolerance')} note={say('toleranceNote')}>
          ± {formatShare(board.tolerance)}
        </Fact>
        <Fact name={say('entries')}>{formatExact(board.entryCount)}</Fact>
      </Facts>
    </>
  );
}
