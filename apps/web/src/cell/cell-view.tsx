'use client';

import { CandidateColumnsDocument, unpackCandidates } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Empty, Panel, Problem, Skeleton } from '../ui/page.tsx';
import { BestPath } from './best-path.tsx';
import { CandidateExplorer } from './candidate-explorer.tsx';
import { CellCurves } from './cell-curves.tsx';
import { CellHead } from './cell-head.tsx';
import { OpRanks } from './op-ranks.tsx';

/** One cell: how its supernet learned, all its rated paths, and why the best one won. */
export function CellView({ id }: { id: string }) {
  const say = useTranslations('cell');
  const common = useTranslations('common');
  const { search } = useSearch();
  const cell = cellsOf(search).find((each) => each.id === id);
  const isRated = cell?.best != null;
  const { data, error } = useApi(CandidateColumnsDocument, { cell: id }, { isReady: isRated });
  const columns = useMemo(() => data && unpackCandidates(data.candidateColumns), [data]);
  if (cell === undefined) return <Problem>{say('none')}</Problem>;
  return (
    <>
      <CellHead cell={cell} />
      <CellCurves cell={cell} />
      {error && <ApiProblem error={error} />}
      {isRated ? (
        columns === undefined ? (
          error === null && (
            <Panel title={say('explorer')}>
              <Skeleton lines={10} label={common('loading')} />
            </Panel>
          )
        ) : (
          <>
            <BestPath cell={cell} columns={columns} />
            <CandidateExplorer cell={cell} columns={columns} />
            <OpRanks cell={cell} columns={columns} />
          </>
        )
      ) : (
        <Panel title={say('explorer')}>
          <Empty>{say('notRated')}</Empty>
        </Panel>
      )}
    </>
  );
}
