'use client';

import { ClientError, CompareDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel, Problem, Skeleton } from '../ui/page.tsx';
import { WholeNumber } from '../ui/whole-number.tsx';
import { CellCurves } from './cell-curves.tsx';
import { ComparedFronts } from './compared-fronts.tsx';
import { LayerDifference } from './layer-difference.tsx';
import { OpBars } from './op-bars.tsx';
import { SearchFacts } from './search-facts.tsx';
import { SearchPicker } from './search-picker.tsx';
import { useCompareView } from './use-compare-view.ts';
import { useKnownSearches } from './use-known-searches.ts';

/** 2 to 10 searches side by side; who are compared is chosen above. */
export function SearchesComparison() {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const [view, setView] = useCompareView();
  const { searches: ids } = view;
  const known = useKnownSearches(ids);
  const isReady = ids.length >= 2;
  const compared = useApi(
    CompareDocument,
    { searches: ids, networks: view.best, axis: view.axis, targetTop1: view.target },
    { isReady, keepsLast: true },
  );
  const nodes = known.filter((search) => search != null);
  const chosen = ids.map((id, at) => {
    const search = known[at];
    return { id, name: search === undefined ? '…' : (search?.name ?? null) };
  });
  const { searches = [], pairs = [] } = (isReady && compared.data?.compare) || {};
  const nameOf = (place: number) => `${place}: ${chosen[place - 1]?.name ?? ''}`;
  const numbers = ids.map((_, at) => ({ value: String(at + 1), name: nameOf(at + 1) }));
  const [left, right] = [Math.min(view.left, view.right), Math.max(view.left, view.right)];
  const pair = pairs.find(
    ({ a, b }) => a.id === searches[left - 1]?.search.id && b.id === searches[right - 1]?.search.id,
  );

  return (
    <>
      <Panel title={say('searches')}>
        <SearchPicker
          chosen={chosen}
          onChange={(searchIds) => void setView({ searches: searchIds, left: 1, right: 2 })}
        />
      </Panel>
      {!isReady ? (
        <Empty>{say('tooFewSearches')}</Empty>
      ) : compared.error ? (
        <CompareProblem error={compared.error} nameOf={nameOf} />
      ) : compared.data === undefined ? (
        <Skeleton lines={12} label={common('loading')} />
      ) : (
        <>
          <SearchFacts
            searches={searches}
            known={nodes}
            target={view.target}
            onTarget={(target) => void setView({ target })}
          />
          <ComparedFronts
            searches={searches}
            pairs={pairs}
            axis={view.axis}
            onAxis={(axis) => void setView({ axis })}
          />
          <Panel
            title={say('difference')}
            aside={
              <>
                <Select
                  label={say('between')}
                  value={String(view.left)}
                  options={numbers.filter(({ value }) => value !== String(view.right))}
                  onChange={(value) => void setView({ left: Number(value) })}
                />
                <Select
                  label={say('and')}
                  value={String(view.right)}
                  options={numbers.filter(({ value }) => value !== String(view.left))}
                  onChange={(value) => void setView({ right: Number(value) })}
                />
              </>
            }
          >
            {pair ? (
              <>
                <p>
                  {say('layersDiffer', {
                    layers: pair.layersDiffering,
                    all: pair.layers.length,
                  })}
                </p>
                <LayerDifference
                  name={say('difference')}
                  a={nameOf(left)}
                  b={nameOf(right)}
                  layers={pair.layers}
                />
              </>
            ) : (
              <Empty>{say('tooFewSearches')}</Empty>
            )}
          </Panel>
          <Panel
            title={say('ops')}
            aside={
              <WholeNumber
                name={say('amongBest')}
                value={view.best}
                least={1}
                most={100}
                onChange={(best) => void setView({ best })}
              />
            }
          >
            <OpBars searches={searches} />
          </Panel>
          <CellCurves searches={nodes} cell={view.cell} onCell={(cell) => void setView({ cell })} />
        </>
      )}
    </>
  );
}

/** A refusal that concerns one of the searches says which. */
function CompareProblem({ error, nameOf }: { error: Error; nameOf: (place: number) => string }) {
  const say = useTranslations('compare');
  const [argument, at] = error instanceof ClientError ? error.path : [];
  if (argument !== 'searches' || typeof at !== 'number') return <ApiProblem error={error} />;
  const code = error instanceof ClientError ? error.code : undefined;
  const search = nameOf(at + 1);
  return (
    <Problem>
      {code === 'NOT_READY'
        ? say('notReady', { search })
        : code === 'NOT_FOUND'
          ? say('notFound', { search })
          : `${search}: ${error.message}`}
    </Problem>
  );
}
