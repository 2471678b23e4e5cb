'use client';

import type { SearchDetail } from '@blockwise/client';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { type ChartSeries, CurveChart } from '../charts/curve-chart.tsx';
import type { CurveStore } from '../live/curve-store.ts';
import { formatLoss } from '../ui/format.ts';
import { Empty, Panel } from '../ui/page.tsx';
import styles from './curve-panel.module.css';
import { isOfAudit, jobName } from './names.ts';

const kinds = { DISTIL: 'Cells', TEACHER: 'Teacher', RETRAIN: 'Retraining' } as const;
type Kind = keyof typeof kinds;

/** Loss curves as they grow: of every cell, of the teacher, of retrained networks but those of audits. */
export function CurvePanel({ search, curves }: { search: SearchDetail; curves: CurveStore }) {
  const version = useSyncExternalStore(
    curves.subscribe,
    () => curves.version,
    () => 0,
  );
  const [chosen, setChosen] = useState<Kind>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const kind = chosen ?? newestKind(search);

  const all = useMemo(() => {
    // The store is the same object for ever; its version says when it holds more.
    void version;
    const jobs = search.jobs.filter((job) => job.kind === kind && !isOfAudit(search, job));
    return jobs.flatMap((job, colour): ChartSeries[] => {
      const curve = curves.get(job.id, 'loss');
      return curve === undefined ? [] : [{ name: jobName(search, job), curve, colour }];
    });
  }, [search, curves, kind, version]);

  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };

  return (
    <Panel
      title="Loss"
      aside={
        <fieldset className={styles.kinds}>
          <legend className="visually-hidden">Curves of</legend>
          {(Object.keys(kinds) as Kind[]).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="kind"
                checked={kind === each}
                onChange={() => setChosen(each)}
              />
              {kinds[each]}
            </label>
          ))}
        </fieldset>
      }
    >
      {all.length === 0 ? (
        <Empty>No point yet.</Empty>
      ) : (
        <CurveChart
          series={all}
          hidden={hidden}
          onToggle={toggle}
          logarithmic={kind === 'DISTIL'}
          format={formatLoss}
          valueName="loss"
          label={`Training loss over steps: ${all.map(({ name }) => name).join(', ')}`}
        />
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
