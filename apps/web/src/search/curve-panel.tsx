'use client';

import type { SearchDetail } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useSyncExternalStore } from 'react';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { type ChartSeries, CurveChart } from '../charts/curve-chart.tsx';
import { curveTable } from '../charts/curve-table.ts';
import { useStepWindow } from '../charts/use-step-window.ts';
import type { CurveStore } from '../live/curve-store.ts';
import { useFinerCurves } from '../live/use-finer-curves.ts';
import { Segments } from '../ui/fields.tsx';
import { Empty, Panel } from '../ui/page.tsx';
import { isOfAudit } from './names.ts';
import { useNames } from './use-names.ts';

const kinds = ['DISTIL', 'TEACHER', 'RETRAIN'] as const;
type Kind = (typeof kinds)[number];

const shownKeys = ['loss'];

/** Ids of jobs whose curves are not shown. */
const hiddenJobs = parseAsArrayOf(parseAsString).withDefault([]);

/** A series of a job; its id goes into the address, its name into the legend. */
type JobSeries = ChartSeries & { readonly job: string };

/** Loss curves as they grow: of every cell, of the teacher, of retrained networks but those of audits. */
export function CurvePanel({ search, curves }: { search: SearchDetail; curves: CurveStore }) {
  const say = useTranslations('curves');
  const names = useNames();
  const version = useSyncExternalStore(
    curves.subscribe,
    () => curves.version,
    () => 0,
  );
  const [chosen, setChosen] = useQueryState('curves', parseAsStringLiteral(kinds));
  const [hidden, setHidden] = useQueryState('hidden', hiddenJobs);
  const [window, setWindow] = useStepWindow();
  const kind = chosen ?? newestKind(search);

  const jobs = useMemo(
    () => search.jobs.filter((job) => job.kind === kind && !isOfAudit(search, job)),
    [search, kind],
  );
  const ids = useMemo(() => jobs.map(({ id }) => id), [jobs]);
  const finer = useFinerCurves(ids, shownKeys, window);

  const all = useMemo(() => {
    // The store is the same object for ever; its version says when it holds more.
    void version;
    return jobs.flatMap((job, colour): JobSeries[] => {
      const curve = curves.get(job.id, 'loss');
      if (curve === undefined) return [];
      const name = names.job(search, job);
      return [{ job: job.id, name, curve: finer(job.id, 'loss', curve), colour }];
    });
  }, [search, jobs, curves, finer, version, names]);

  const hiddenNames = useMemo(
    () => new Set(all.filter(({ job }) => hidden.includes(job)).map(({ name }) => name)),
    [all, hidden],
  );
  const toggle = (name: string) => {
    const job = all.find((each) => each.name === name)?.job;
    if (job === undefined) return;
    setHidden(hidden.includes(job) ? hidden.filter((each) => each !== job) : [...hidden, job]);
  };

  return (
    <Panel
      title={say('title')}
      aside={
        <Segments
          label={say('of')}
          value={kind}
          options={kinds.map((value) => ({ value, name: say(value) }))}
          onChange={(next) => {
            void setChosen(next);
            // Trainings of another kind have other steps.
            setWindow(null);
          }}
        />
      }
    >
      {all.length === 0 ? (
        <Empty>{say('none')}</Empty>
      ) : (
        <ChartFrame
          name={`${search.name} ${say('title')}`}
          table={() =>
            curveTable(all, { series: say('of'), step: say('step'), value: say('title') })
          }
        >
          <CurveChart
            series={all}
            window={window}
            onWindow={setWindow}
            hidden={hiddenNames}
            onToggle={toggle}
            logarithmic={kind === 'DISTIL'}
            valueName={say('title')}
            label={say('label', { names: all.map(({ name }) => name).join(', ') })}
          />
        </ChartFrame>
      )}
    </Panel>
  );
}

/** What is shown until somebody chooses: the cells from their first step on, the teacher before. */
function newestKind(search: SearchDetail): Kind {
  const retrains = (job: SearchDetail['jobs'][number]) =>
    job.kind === 'RETRAIN' && job.state === 'RUNNING' && !isOfAudit(search, job);
  if (search.jobs.some(retrains)) return 'RETRAIN';
  if (search.jobs.some((job) => job.kind === 'DISTIL' && job.state !== 'QUEUED')) return 'DISTIL';
  return 'TEACHER';
}
