'use client';

import { type Axis, type CompareQuery, ParetoFrontDocument } from '@blockwise/client';
import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { operationName } from '../api/operation-name.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { FrontsChart } from '../charts/fronts-chart.tsx';
import { costAxes } from '../search/cost-axes.ts';
import { Select } from '../ui/fields.tsx';
import { formatLossTick, formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './compared-fronts.module.css';

type Comparison = CompareQuery['compare'];

/** The exact fronts over each other, and for every two searches in words how they stand. */
export function ComparedFronts({
  searches,
  pairs,
  axis,
  onAxis,
}: {
  searches: Comparison['searches'];
  pairs: Comparison['pairs'];
  axis: Axis;
  onAxis: (axis: Axis) => void;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common.cost');
  const client = useClient();
  const answers = useQueries({
    queries: searches.map(({ search }) => {
      const variables = { search: search.id, x: axis, y: 'LOSS' as Axis };
      return {
        queryKey: [operationName(ParetoFrontDocument), variables],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          client.request(ParetoFrontDocument, variables, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
    combine: (all) => all.map(({ data }) => data?.paretoFront),
  });
  const cost = costAxes.find((each) => each.axis === axis);
  const fronts = useMemo(
    () =>
      searches.map(({ search: { name } }, at) => {
        const front = answers[at];
        const xs = (cost && front?.[cost.key]) ?? [];
        const points = (front?.losses ?? []).map((y, i) => ({ x: Number(xs[i]), y }));
        return { name, points };
      }),
    [searches, answers, cost],
  );
  if (cost === undefined) return null;
  const title = say('fronts', { cost: common(cost.key) });
  const numberOf = (id: string) => searches.findIndex(({ search }) => search.id === id) + 1;
  return (
    <Panel title={say('frontsPanel')}>
      <ChartFrame
        name={title}
        table={() => ({
          columns: [
            { name: say('search') },
            { name: common(cost.key), isNumber: true },
            { name: common('loss'), isNumber: true },
          ],
          rows: fronts.flatMap(({ name, points }) => points.map(({ x, y }) => [name, x, y])),
        })}
        aside={
          <Select
            label={say('axis')}
            value={axis}
            options={costAxes.map((each) => ({ value: each.axis, name: common(each.key) }))}
            onChange={onAxis}
          />
        }
      >
        <FrontsChart
          fronts={fronts}
          x={{ name: common(cost.key), format: cost.format }}
          y={{ name: common('loss'), format: formatLossTick }}
          label={title}
        />
      </ChartFrame>
      <ul className={styles.words}>
        {pairs.map(({ a, b, hypervolumeA, hypervolumeB, frontOverlap }) => (
          <li key={`${a.id} ${b.id}`}>
            {say('volumes', {
              a: `${numberOf(a.id)}: ${a.name}`,
              b: `${numberOf(b.id)}: ${b.name}`,
              shareA: formatShare(hypervolumeA),
              shareB: formatShare(hypervolumeB),
            })}{' '}
            {frontOverlap == null
              ? say('otherSpace')
              : say('overlap', { share: formatShare(frontOverlap) })}
          </li>
        ))}
      </ul>
      <p className={styles.note}>{say('volumesAbout')}</p>
    </Panel>
  );
}
