'use client';

import { type SearchDetail, SolveDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useNewest } from '../api/use-newest.ts';
import { ForMembers } from '../search/for-members.tsx';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Checkbox } from '../ui/fields.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { WholeNumber } from '../ui/whole-number.tsx';
import { BestNetwork } from './best-network.tsx';
import { BoundSliders } from './bound-sliders.tsx';
import styles from './explore-budgets.module.css';
import { FrontPanel } from './front-panel.tsx';
import { Infeasible } from './infeasible.tsx';
import { LambdaSliders } from './lambda-sliders.tsx';
import { MeasureLatency } from './measure-latency.tsx';
import { NextBest } from './next-best.tsx';
import { PinnedNetworks } from './pinned-networks.tsx';
import { Presets } from './presets.tsx';
import { RetrainDialog } from './retrain-dialog.tsx';
import { solveVariables } from './solve-variables.ts';
import { useBestOnFront } from './use-best-on-front.ts';
import { useBudgetView } from './use-budget-view.ts';
import { useCostRanges } from './use-cost-ranges.ts';
import { isAmong, usePinned } from './use-pinned.ts';
import { printWish, type Wish } from './wish.ts';
import { useWishWords } from './wish-words.ts';

/** The best networks under any budget, exactly, while the sliders move. */
export function ExploreBudgets() {
  const say = useTranslations('budgets');
  const { search } = useSearch();
  const isRated = search.blocks.length > 0 && cellsOf(search).every(({ best }) => best != null);
  if (!isRated) {
    return (
      <Panel title={say('title')}>
        <Empty>{say('notRated')}</Empty>
      </Panel>
    );
  }
  return <Explorer search={search} />;
}

function Explorer({ search }: { search: SearchDetail }) {
  const say = useTranslations('budgets');
  const common = useTranslations('common');
  const words = useWishWords();
  const { followAgain } = useSearch();
  const { wish, setWish, pins, setPins, shown, show } = useBudgetView();
  const hasLatency = search.latencyTables.some(({ measuredAt }) => measuredAt != null);
  const { ranges, error: rangeError } = useCostRanges(search, hasLatency);
  const solved = useNewest(SolveDocument, solveVariables(search.id, wish, shown.best));
  const pinned = usePinned(search.id, pins);
  const change = useCallback((next: Wish) => void setWish({ ...next, place: 1 }), [setWish]);

  const onFront = useBestOnFront(search.id, wish);
  const answered = solved.answer?.data.solve ?? [];
  // Until the exact search has answered the newest budget, its first network is read off the front.
  const isAhead = solved.isOld && onFront !== undefined;
  const best = isAhead ? onFront : answered[0];
  const solutions = isAhead ? [onFront, ...answered.slice(1)] : answered;
  const isWrong = solved.error !== undefined && !solved.isOld;
  const wishAt = (place: number): Wish => ({ ...wish, place });
  const togglePin = (place: number) => {
    const own = printWish(wishAt(place));
    const others = pins.filter((pin) => printWish(pin) !== own);
    void setPins(others.length < pins.length ? others : [...pins, wishAt(place)]);
  };
  const candidates = [
    ...(best && !isWrong ? [{ encoding: best.encoding, name: words(wish) }] : []),
    ...pinned.map((pin) => ({ encoding: pin.network.encoding, name: words(pin.wish) })),
  ].filter(({ encoding }, at, all) => all.findIndex((each) => each.encoding === encoding) === at);

  return (
    <>
      <div className={styles.explorer}>
        <Panel title={say('title')}>
          <div className={styles.controls}>
            <Presets wish={wish} ranges={ranges} onChange={change} />
            <BoundSliders
              wish={wish}
              ranges={ranges}
              hasMinima={shown.minima}
              hasMore={shown.more}
              latency={hasLatency ? null : <MeasureLatency search={search} onAsked={followAgain} />}
              onChange={change}
            />
            {rangeError && <ApiProblem error={rangeError} />}
            <div className={styles.options}>
              <Checkbox isSelected={shown.minima} onChange={(minima) => void show({ minima })}>
                {say('minima')}
              </Checkbox>
              <Checkbox isSelected={shown.more} onChange={(more) => void show({ more })}>
                {say('moreCosts')}
              </Checkbox>
            </div>
            <details className={styles.more} open={wish.lambdas !== null || undefined}>
              <summary>{say('lambdas')}</summary>
              <LambdaSliders
                search={search}
                lambdas={wish.lambdas}
                onChange={(lambdas) => change({ ...wish, lambdas })}
              />
            </details>
          </div>
        </Panel>
        <div className={styles.found}>
          {best ? (
            <BestNetwork
              search={search}
              network={best}
              budget={isAhead ? wish.constraints : (solved.answer?.asked.constraints ?? {})}
              ranges={ranges}
              before={pinned.at(-1)?.network}
              isOld={isWrong}
              isPinned={isAmong(pins, wishAt(1))}
              problem={
                isWrong &&
                solved.error && <Infeasible error={solved.error} wish={wish} onChange={change} />
              }
              onPin={() => togglePin(1)}
              retrain={
                <ForMembers>
                  <RetrainDialog search={search} candidates={candidates} onStarted={followAgain} />
                </ForMembers>
              }
            />
          ) : (
            <Panel title={say('best')}>
              {isWrong && solved.error ? (
                <Infeasible error={solved.error} wish={wish} onChange={change} />
              ) : (
                <Skeleton lines={10} label={common('loading')} />
              )}
            </Panel>
          )}
          <FrontPanel
            search={search}
            wish={wish}
            solutions={isWrong ? [] : solutions}
            hasLatency={hasLatency}
            x={shown.x}
            y={shown.y}
            onAxes={show}
            onBudget={(most) =>
              change({
                ...wish,
                constraints: Object.fromEntries(
                  Object.entries(most).map(([key, max]) => [key, { max }]),
                ),
              })
            }
          />
        </div>
      </div>
      <Panel
        title={say('table')}
        aside={
          <div className={styles.options}>
            <WholeNumber
              name={say('networks')}
              value={shown.best}
              least={1}
              most={50}
              onChange={(count) => void show({ best: count })}
            />
            <WholeNumber
              name={say('apart')}
              about={say('apartAbout')}
              value={wish.minDistance}
              least={0}
              most={100}
              onChange={(minDistance) => change({ ...wish, minDistance })}
            />
          </div>
        }
      >
        <div className={isWrong ? styles.old : undefined}>
          <NextBest
            solutions={answered}
            isPinned={(place) => isAmong(pins, wishAt(place))}
            onPin={togglePin}
          />
        </div>
      </Panel>
      <PinnedNetworks
        blocks={search.blocks}
        pinned={pinned}
        onUnpin={(wishOfPin) =>
          void setPins(pins.filter((pin) => printWish(pin) !== printWish(wishOfPin)))
        }
      />
    </>
  );
}
