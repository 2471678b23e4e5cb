'use client';

import { TrainerUseDocument } from '@blockwise/client';
import { useFormatter, useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { StackedBars } from '../charts/stacked-bars.tsx';
import { Segments } from '../ui/fields.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { useTimes } from '../ui/use-times.ts';
import { teamSeries, unitOf } from './team-series.ts';
import styles from './trainers.module.css';
import { boundsOf, windows } from './windows.ts';

/** What trainers do adds up slowly. */
const readSeconds = 60;

/** Hours that trainers worked for each team. */
export function TeamTime() {
  const say = useTranslations('trainers.time');
  const common = useTranslations('common');
  const format = useFormatter();
  const { duration } = useTimes();
  const [window, setWindow] = useQueryState(
    'window',
    parseAsStringLiteral(windows).withDefault('week'),
  );
  const [on, setOn] = useQueryState(
    'on',
    parseAsStringLiteral(['all', 'gpu'] as const).withDefault('all'),
  );
  const bounds = boundsOf(window, new Date());
  const { data, error, refetch } = useApi(
    TrainerUseDocument,
    { bounds: bounds.map((at) => at.toISOString()) },
    { everySeconds: readSeconds, keepsLast: true },
  );
  const series = teamSeries(data?.trainerUse ?? [], on === 'gpu', say('otherTeams'));
  const unit = unitOf(series);
  const parts = bounds.slice(0, -1).map((at) =>
    window === 'day'
      ? {
          name: format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' }),
          tick: format.dateTime(at, { hour: 'numeric' }),
        }
      : {
          name:
            window === 'quarter'
              ? say('weekOf', { day: format.dateTime(at, { dateStyle: 'medium' }) })
              : format.dateTime(at, { dateStyle: 'full' }),
          tick: format.dateTime(at, { month: 'short', day: 'numeric' }),
        },
  );
  const name = say(on === 'gpu' ? 'nameGpu' : 'name');
  return (
    <Panel
      title={say('title')}
      aside={
        <div className={styles.filters}>
          <Segments
            label={say('on')}
            value={on}
            options={(['all', 'gpu'] as const).map((value) => ({ value, name: say(value) }))}
            onChange={setOn}
          />
          <Segments
            label={say('window')}
            value={window}
            options={windows.map((value) => ({ value, name: say(value) }))}
            onChange={setWindow}
          />
        </div>
      }
    >
      {error && <ApiProblem error={error} onRetry={refetch} />}
      {data === undefined && !error && <Skeleton lines={5} label={common('loading')} />}
      {data !== undefined && series.length === 0 && (
        <Empty>{say(on === 'gpu' ? 'noneGpu' : 'none')}</Empty>
      )}
      {series.length > 0 && (
        <ChartFrame
          name={name}
          aside={<p className={styles.note}>{say('about')}</p>}
          table={() => ({
            columns: [
              { name: say('part') },
              ...series.map((each) => ({
                name: say('hoursOf', { team: each.name }),
                isNumber: true,
              })),
            ],
            rows: parts.map((part, at) => [
              part.name,
              ...series.map((each) => (each.values[at] ?? 0) / 3600),
            ]),
          })}
        >
          <StackedBars
            series={series.map((each) => ({
              ...each,
              values: each.values.map((value) => value / unit.seconds),
            }))}
            parts={parts}
            label={name}
            xName={say(window === 'day' ? 'hour' : window === 'quarter' ? 'weeks' : 'date')}
            yName={say(unit.name)}
            formatTick={(value) => String(Number(value.toPrecision(3)))}
            format={(value) => duration(value * unit.seconds)}
          />
        </ChartFrame>
      )}
    </Panel>
  );
}
