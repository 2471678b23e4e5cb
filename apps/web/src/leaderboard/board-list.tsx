'use client';

import {
  type BoardSummaryFragment,
  LeaderboardsDocument,
  type Visibility,
} from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useViewer } from '../account/viewer.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { Segments, Select, TextField } from '../ui/fields.tsx';
import { formatShareSpread } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Ago } from '../ui/times.tsx';
import { boardPath } from './board-path.ts';
import styles from './leaderboard.module.css';
import { MakeBoard } from './make-board.tsx';
import { useBoardWords } from './use-words.ts';

const pageSize = 50;
const refreshSeconds = 15;
const visibilities = ['ALL', 'PUBLIC', 'TEAM', 'PRIVATE'] as const satisfies readonly (
  | Visibility
  | 'ALL'
)[];

/** Every leaderboard that may be seen. */
export function BoardList() {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const { viewer } = useViewer();
  const [asked, choose] = useQueryStates({
    name: parseAsString.withDefault(''),
    team: parseAsString.withDefault(''),
    dataset: parseAsString.withDefault(''),
    visibility: parseAsStringLiteral(visibilities).withDefault('ALL'),
  });
  const boards = usePages(
    LeaderboardsDocument,
    {
      first: pageSize,
      filter: {
        name: asked.name || null,
        team: asked.team || null,
        datasetHash: asked.dataset || null,
        visibility: asked.visibility === 'ALL' ? null : asked.visibility,
      },
    },
    ({ leaderboards }) => leaderboards,
    { everySeconds: refreshSeconds },
  );
  const isFiltered = Object.values(asked).some((value) => value !== '' && value !== 'ALL');
  const datasets = new Map(boards.items?.map(({ dataset }) => [dataset.hash, dataset.kind]));
  if (asked.dataset !== '' && !datasets.has(asked.dataset)) datasets.set(asked.dataset, '');
  return (
    <Panel
      title={say('all')}
      aside={
        <div className={styles.actions}>
          <span className={styles.note}>{say('count', { count: boards.totalCount })}</span>
          <MakeBoard />
        </div>
      }
    >
      <div className={styles.stack}>
        <search className={styles.filters}>
          <TextField
            label={say('name')}
            value={asked.name}
            onChange={(name) => choose({ name: name || null })}
          />
          {viewer && (
            <>
              <Select
                label={say('team')}
                value={asked.team}
                options={[
                  { value: '', name: say('every') },
                  ...viewer.memberships.map(({ team }) => ({ value: team.id, name: team.name })),
                ]}
                onChange={(team) => choose({ team: team || null })}
              />
              <Segments
                label={say('visibility')}
                value={asked.visibility}
                options={visibilities.map((value) => ({
                  value,
                  name: value === 'ALL' ? say('every') : common(`visibility.${value}`),
                }))}
                onChange={(visibility) => choose({ visibility })}
              />
            </>
          )}
          <Select
            label={say('dataset')}
            value={asked.dataset}
            options={[
              { value: '', name: say('every') },
              ...[...datasets].map(([value, kind]) => ({
                value,
                name: `${kind} ${value.slice(0, 8)}`.trim(),
              })),
            ]}
            onChange={(dataset) => choose({ dataset: dataset || null })}
          />
        </search>
        {boards.error && <ApiProblem error={boards.error} onRetry={boards.again} />}
        {boards.items === undefined && !boards.error && <Skeleton label={common('loading')} />}
        {boards.items?.length === 0 && <Empty>{isFiltered ? say('noMatch') : say('none')}</Empty>}
        {boards.items !== undefined && boards.items.length > 0 && <Boards boards={boards.items} />}
        {boards.more && (
          <div>
            <Button isDisabled={boards.isReading} onPress={boards.more}>
              {common('more')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Boards({ boards }: { boards: readonly BoardSummaryFragment[] }) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const words = useBoardWords();
  return (
    <Scroll label={say('all')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('board')}</th>
            <th scope="col">{say('team')}</th>
            <th scope="col">{say('dataset')}</th>
            <th scope="col">{say('budgetName')}</th>
            <th scope="col">{say('visibility')}</th>
            <th scope="col" className="number">
              {say('entries')}
            </th>
            <th scope="col" className="number">
              {say('best')}
            </th>
            <th scope="col">{say('made')}</th>
          </tr>
        </thead>
        <tbody>
          {boards.map((board) => (
            <tr key={board.id}>
              <th scope="row">
                <Link href={boardPath(board.id)}>{board.name}</Link>
              </th>
              <td>{board.team.name}</td>
              <td>
                {board.dataset.kind}{' '}
                <code title={board.dataset.hash}>{board.dataset.hash.slice(0, 8)}</code>
              </td>
              <td>{words.budget(board.budget)}</td>
              <td>{common(`visibility.${board.visibility}`)}</td>
              <td className="number">{board.entryCount}</td>
              <td className="number">
                {board.leader == null
                  ? common('none')
                  : formatShareSpread(board.leader.top1, board.leader.top1Deviation)}
              </td>
              <td>
                <Ago at={board.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
