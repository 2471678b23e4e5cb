'use client';

import { CurvesDocument, unpackCurve } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { CurveChart } from '../charts/curve-chart.tsx';
import { curveTable } from '../charts/curve-table.ts';
import { useStepWindow } from '../charts/use-step-window.ts';
import { useFinerCurves } from '../live/use-finer-curves.ts';
import { Skeleton } from '../ui/page.tsx';

const pointsPerCurve = 2000;

/** A training of something that is compared; no job where it has none. */
export interface ComparedRun {
  readonly name: string;
  readonly job: string | undefined;
}

/** One curve of every run over each other; a run keeps its colour when another has no such curve. */
export function ComparedCurves({
  title,
  runName,
  runs,
  curveKey,
  keyName,
  logarithmic,
  aside,
}: {
  title: string;
  /** What a run is called in the head of the table. */
  runName: string;
  runs: readonly ComparedRun[];
  curveKey: string;
  keyName: string;
  logarithmic: boolean;
  aside: ReactNode;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const jobs = runs.flatMap(({ job }) => (job === undefined ? [] : [job]));
  const curves = useApi(
    CurvesDocument,
    { jobs, keys: [curveKey], maxPoints: pointsPerCurve },
    { isReady: jobs.length > 0, keepsLast: true },
  );
  const [window, setWindow] = useStepWindow();
  const shown = useMemo(() => [curveKey], [curveKey]);
  const finer = useFinerCurves(jobs, shown, window);
  const asked = JSON.stringify(runs);
  const series = useMemo(
    () =>
      (JSON.parse(asked) as ComparedRun[]).flatMap(({ name, job }, colour) => {
        const found = curves.data?.curves.find((curve) => curve.job === job);
        if (!found || job === undefined) return [];
        return [{ name, colour, curve: finer(job, curveKey, unpackCurve(found.packed)) }];
      }),
    [curves.data, finer, curveKey, asked],
  );
  if (curves.error) return <ApiProblem error={curves.error} onRetry={curves.refetch} />;
  if (curves.data === undefined) return <Skeleton lines={7} label={common('loading')} />;
  return (
    <ChartFrame
      name={title}
      table={() => curveTable(series, { series: runName, step: say('step'), value: keyName })}
      aside={aside}
    >
      <CurveChart
        series={series}
        label={title}
        logarithmic={logarithmic}
        window={window}
        onWindow={setWindow}
        valueName={keyName}
      />
    </ChartFrame>
  );
}
