'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useSyncExternalStore } from 'react';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { type ChartSeries, CurveChart } from '../charts/curve-chart.tsx';
import { curveTable } from '../charts/curve-table.ts';
import { useStepWindow } from '../charts/use-step-window.ts';
import { useFinerCurves } from '../live/use-finer-curves.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Select } from '../ui/fields.tsx';
import { formatLossTick, formatShare } from '../ui/format.ts';
import { Empty, Panel } from '../ui/page.tsx';

/** What is drawn together, and how. */
const charts = {
  loss: { keys: ['loss', 'rating_loss'], isLogarithmic: true, format: formatLossTick },
  rate: { keys: ['learning_rate'], isLogarithmic: false, format: formatLossTick },
  throughput: { keys: ['images_per_second'], isLogarithmic: false, format: formatLossTick },
  wait: { keys: ['data_wait'], isLogarithmic: false, format: formatShare },
} as const;
type Chart = keyof typeof charts;

/** How the cell's supernet learned: loss, learning rate, images a second and what waiting for them took. */
export function CellCurves({ cell }: { cell: CellDetailFragment }) {
  const say = useTranslations('cell');
  const { search, curves } = useSearch();
  const [asked, setAsked] = useQueryState('curve', parseAsString.withDefault('loss'));
  const [window, setWindow] = useStepWindow();
  const version = useSyncExternalStore(
    curves.subscribe,
    () => curves.version,
    () => 0,
  );
  const job = search.jobs.find((each) => each.kind === 'DISTIL' && each.cell?.id === cell.id)?.id;
  const all = Object.keys(charts) as Chart[];
  const chart = all.find((each) => each === asked) ?? 'loss';
  const { keys, isLogarithmic, format } = charts[chart];
  const jobs = useMemo(() => (job === undefined ? [] : [job]), [job]);
  const finer = useFinerCurves(jobs, keys, window);
  const series = useMemo(() => {
    // The store is the same object for ever; its version says when it holds more.
    void version;
    return keys.flatMap((key, colour): ChartSeries[] => {
      const curve = job === undefined ? undefined : curves.get(job, key);
      if (job === undefined || curve === undefined) return [];
      return [{ name: say(`key.${key}`), curve: finer(job, key, curve), colour }];
    });
  }, [curves, version, job, keys, finer, say]);
  const title = say(`chart.${chart}`);
  return (
    <Panel title={say('curves')}>
      <ChartFrame
        name={`${title} ${cell.block}.${cell.index}`}
        table={() =>
          curveTable(series, { series: say('series'), step: say('step'), value: say('value') })
        }
        aside={
          <Select
            label={say('curve')}
            value={chart}
            options={all.map((value) => ({ value, name: say(`chart.${value}`) }))}
            onChange={(next) => void setAsked(next)}
          />
        }
      >
        {series.length === 0 ? (
          <Empty>{say('noPoint')}</Empty>
        ) : (
          <CurveChart
            series={series}
            label={title}
            logarithmic={isLogarithmic}
            window={window}
            onWindow={setWindow}
            format={format}
            valueName={title}
          />
        )}
      </ChartFrame>
    </Panel>
  );
}
