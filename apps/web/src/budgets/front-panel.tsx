'use client';

import {
  type Axis,
  ParetoFrontDocument,
  type ParetoFrontQuery,
  type SearchDetail,
  type SolutionDetailFragment,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useNewest } from '../api/use-newest.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { FrontChart, type FrontPoint } from '../charts/front-chart.tsx';
import { type CostKey, costAxes } from '../search/cost-axes.ts';
import { Select } from '../ui/fields.tsx';
import { formatExact, formatLoss, formatLossTick } from '../ui/format.ts';
import { Panel, Skeleton } from '../ui/page.tsx';
import styles from './front-panel.module.css';
import type { Wish } from './wish.ts';

/** The whole exact front of two axes; it is asked for once, and the networks of the budget move on it. */
export function FrontPanel({
  search,
  wish,
  solutions,
  hasLatency,
  x,
  y,
  onAxes,
  onBudget,
}: {
  search: SearchDetail;
  wish: Wish;
  solutions: readonly SolutionDetailFragment[];
  hasLatency: boolean;
  x: Axis;
  y: Axis;
  onAxes: (axes: { x?: Axis; y?: Axis }) => void;
  /** A point was chosen: its costs are to be the budget. */
  onBudget: (most: Partial<Record<CostKey, number>>) => void;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common');
  const [pointed, setPointed] = useState<number>();
  const asked = useNewest(ParetoFrontDocument, {
    search: search.id,
    x,
    y,
    lambdas: wish.lambdas?.slice() ?? null,
  });
  const shown = asked.answer?.asked;
  const [axisX, axisY] = [useFrontAxis(shown?.x ?? x), useFrontAxis(shown?.y ?? y)];
  const front = useMemo(
    () => (asked.answer === undefined ? [] : pointsOf(asked.answer.data.paretoFront)),
    [asked.answer],
  );
  const points = useMemo(
    () => front.map((point) => placed(point, axisX, axisY)),
    [front, axisX, axisY],
  );
  const marks = solutions.map((solution, place) => {
    const point = placed(
      { ...solution, latencyMs: solution.latencyMs ?? Number.NaN },
      axisX,
      axisY,
    );
    return { ...point, name: `${place + 1}: ${point.name}` };
  });
  const options = [
    { value: 'LOSS' as Axis, name: common('cost.loss') },
    ...costAxes
      .filter(({ key }) => key !== 'latencyMs' || hasLatency)
      .map(({ key, axis }) => ({ value: axis, name: common(`cost.${key}`) })),
  ];
  const here = pointed === undefined ? undefined : front[pointed];
  const choose = (index: number) => {
    const point = front[index];
    if (point === undefined) return;
    const most = [axisX, axisY].flatMap(({ key, of }) => (key ? [[key, of(point)] as const] : []));
    onBudget(Object.fromEntries(most));
  };
  const name = say('front.title', { x: axisX.name, y: axisY.name });
  return (
    <Panel title={say('front.panel')}>
      <ChartFrame
        name={name}
        table={() => ({
          columns: [
            { name: common('cost.loss'), isNumber: true },
            ...costAxes.map(({ key }) => ({ name: common(`cost.${key}`), isNumber: true })),
            { name: say('encoding') },
          ],
          rows: front.map((point) => [
            point.loss,
            ...costAxes.map(({ key }) => (Number.isNaN(Number(point[key])) ? null : point[key])),
            point.encoding,
          ]),
        })}
        aside={
          <>
            <Select
              label={say('front.y')}
              value={y}
              options={options.filter(({ value }) => value !== x)}
              onChange={(next) => onAxes({ y: next })}
            />
            <Select
              label={say('front.x')}
              value={x}
              options={options.filter(({ value }) => value !== y && value !== 'LOSS')}
              onChange={(next) => onAxes({ x: next })}
            />
          </>
        }
      >
        {asked.answer === undefined ? (
          asked.error ? (
            <ApiProblem error={asked.error} />
          ) : (
            <div className={styles.room}>
              <Skeleton lines={9} label={common('loading')} />
            </div>
          )
        ) : (
          <FrontChart
            front={points}
            marks={marks}
            bounds={{
              x: axisX.key && boundOf(wish, axisX.key),
              y: axisY.key && boundOf(wish, axisY.key),
            }}
            x={axisX}
            y={axisY}
            label={name}
            pointed={pointed}
            onPoint={setPointed}
            onChoose={choose}
          />
        )}
      </ChartFrame>
      <p className={styles.note} aria-live="polite">
        {here
          ? `${points[pointed ?? 0]?.name} · ${here.encoding}`
          : say('front.about', {
              count: formatExact(front.length),
              space: formatExact(search.spaceSize),
            })}
      </p>
    </Panel>
  );
}

interface FrontNetwork extends Record<CostKey, string | number> {
  readonly loss: number;
  readonly encoding: string;
}

function pointsOf({
  losses,
  encodings,
  params,
  macs,
  flopsTool,
  activationBytes,
  latencyMs,
}: ParetoFrontQuery['paretoFront']): FrontNetwork[] {
  return losses.map((loss, i) => ({
    loss,
    encoding: encodings[i] ?? '',
    params: params[i] ?? '',
    macs: macs[i] ?? '',
    flopsTool: flopsTool[i] ?? '',
    activationBytes: activationBytes[i] ?? '',
    latencyMs: latencyMs?.[i] ?? Number.NaN,
  }));
}

/** An axis of a front: a cost, or the loss that has no key among them. */
interface FrontAxis {
  readonly key: CostKey | undefined;
  readonly name: string;
  readonly format: (value: number) => string;
  /** As {@link format}, with all the digits that tell neighbours apart. */
  readonly tell: (value: number) => string;
  readonly of: (network: Omit<FrontNetwork, 'encoding'>) => number;
}

function useFrontAxis(axis: Axis): FrontAxis {
  const common = useTranslations('common.cost');
  return useMemo(() => {
    const cost = costAxes.find((each) => each.axis === axis);
    if (cost === undefined) {
      const name = common('loss');
      return { key: undefined, name, format: formatLossTick, tell: formatLoss, of: lossOf };
    }
    const { key, format } = cost;
    return { key, name: common(key), format, tell: format, of: (network) => Number(network[key]) };
  }, [axis, common]);
}

function lossOf({ loss }: Pick<FrontNetwork, 'loss'>): number {
  return loss;
}

function placed(network: Omit<FrontNetwork, 'encoding'>, x: FrontAxis, y: FrontAxis): FrontPoint {
  const [left, up] = [x.of(network), y.of(network)];
  return { x: left, y: up, name: `${y.name} ${y.tell(up)}, ${x.name} ${x.tell(left)}` };
}

function boundOf({ constraints }: Wish, key: CostKey) {
  const { min, max } = constraints[key] ?? {};
  return { min: min ?? undefined, max: max ?? undefined };
}
