'use client';

import { CurvesDocument, unpackCurve } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { CurveChart } from '../charts/curve-chart.tsx';
import { Select } from '../ui/fields.tsx';
import { formatLoss } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import type { KnownSearch } from './use-known-searches.ts';

const pointsPerCurve = 2000;

/** How one cell learned in every search: its training losses over each other. */
export function CellCurves({
  searches,
  cell,
  onCell,
}: {
  searches: readonly KnownSearch[];
  cell: string | null;
  onCell: (cell: string) => void;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const places = [...new Set(searches.flatMap(({ jobs }) => jobs.nodes.map(placeOf)))].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }),
  );
  const place = cell !== null && places.includes(cell) ? cell : places[0];
  const jobs = searches.map(
    ({ jobs: { nodes } }) => nodes.find((job) => placeOf(job) === place)?.id,
  );
  const asked = jobs.filter((job) => job !== undefined);
  const curves = useApi(
    CurvesDocument,
    { jobs: asked, keys: ['loss'], maxPoints: pointsPerCurve },
    { isReady: asked.length > 0, keepsLast: true },
  );
  const names = searches.map(({ name }, at) => `${at + 1}: ${name}`);
  const series = useMemo(
    () =>
      jobs.flatMap((job, colour) => {
        const found = curves.data?.curves.find((curve) => curve.job === job);
        const name = names[colour];
        return found && name !== undefined
          ? [{ name, colour, curve: unpackCurve(found.packed) }]
          : [];
      }),
    // Both lists are made anew at every turn.
    [curves.data, jobs.join(), names.join()],
  );
  const nameOf = (each: string) => {
    const [block = 0, index = 0] = each.split('.').map(Number);
    return common('cell', { block, cell: index });
  };
  const title = say('curves', { cell: place === undefined ? '' : nameOf(place) });
  return (
    <Panel title={say('curvesPanel')}>
      {place === undefined ? (
        <Empty>{say('noCurves')}</Empty>
      ) : curves.error ? (
        <ApiProblem error={curves.error} />
      ) : curves.data === undefined ? (
        <Skeleton lines={7} label={common('loading')} />
      ) : (
        <ChartFrame
          name={title}
          table={() => ({
            columns: [
              { name: say('search') },
              { name: say('step'), isNumber: true },
              { name: say('loss'), isNumber: true },
            ],
            rows: series.flatMap(({ name, curve }) =>
              Array.from(curve.steps, (step, i) => [name, step, curve.values[i] ?? null]),
            ),
          })}
          aside={
            <Select
              label={say('cell')}
              value={place}
              options={places.map((each) => ({ value: each, name: nameOf(each) }))}
              onChange={onCell}
            />
          }
        >
          <CurveChart
            series={series}
            label={title}
            logarithmic
            format={formatLoss}
            valueName={say('loss')}
          />
        </ChartFrame>
      )}
    </Panel>
  );
}

function placeOf({ cell }: KnownSearch['jobs']['nodes'][number]): string {
  return cell == null ? '' : `${cell.block}.${cell.index}`;
}
