'use client';

import { CutWeightsDocument, OneNetworkDocument, type OneNetworkFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsInteger, parseAsString, useQueryState } from 'nuqs';
import { useMemo, useSyncExternalStore } from 'react';
import { useChange } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { type ChartSeries, CurveChart } from '../charts/curve-chart.tsx';
import { curveTable } from '../charts/curve-table.ts';
import { useStepWindow } from '../charts/use-step-window.ts';
import { useFinerCurves } from '../live/use-finer-curves.ts';
import { ForMembers } from '../search/for-members.tsx';
import { recipeLine } from '../search/recipe-words.ts';
import { useSearch } from '../search/search-frame.tsx';
import { isLogarithmic, type TrainingKey, trainingKeys } from '../search/training-keys.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { formatCount, formatShare } from '../ui/format.ts';
import { Empty, Fact, Facts, Panel, Problem } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { meanCurve } from './mean-curve.ts';
import styles from './training-panel.module.css';

/** How the network learned, by seed, and what its weights reached without any training. */
export function TrainingPanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.training');
  const recipe = useTranslations('recipe');
  const { retrainings } = network;
  return (
    <Panel title={say('title')}>
      {retrainings.length === 0 ? (
        <Empty>{say('none')}</Empty>
      ) : (
        <>
          <p className={styles.recipe}>{recipeLine(recipe, retrainings)}</p>
          <Runs network={network} />
          <Curves network={network} />
        </>
      )}
      <CutOut network={network} />
    </Panel>
  );
}

/** Every training with its result, or how far it is. */
function Runs({ network: { retrainings } }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.training');
  return (
    <Facts>
      {retrainings.map(({ id, seed, top1, job }) => (
        <Fact
          key={id}
          name={say('seed', { seed })}
          note={
            job?.state === 'RUNNING' && job.progress ? (
              <ProgressBar
                share={job.progress.done / Math.max(1, job.progress.total)}
                label={say('seed', { seed })}
              />
            ) : (
              job?.failure?.message
            )
          }
        >
          {top1 === null ? say('untested') : formatShare(top1)}
        </Fact>
      ))}
    </Facts>
  );
}

function Curves({ network: { retrainings } }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.training');
  const { curves } = useSearch();
  const version = useSyncExternalStore(
    curves.subscribe,
    () => curves.version,
    () => 0,
  );
  const [asked, setKey] = useQueryState('curve', parseAsString.withDefault('loss'));
  const [seed, setSeed] = useQueryState('seed', parseAsInteger);
  const [window, setWindow] = useStepWindow();
  const keys = trainingKeys.filter((each) =>
    retrainings.some(({ job }) => job?.curveKeys.includes(each)),
  );
  const key: TrainingKey | undefined = keys.find((each) => each === asked) ?? keys[0];
  const jobs = useMemo(
    () => retrainings.flatMap(({ job }) => (job ? [job.id] : [])),
    [retrainings],
  );
  const shown = useMemo(() => (key === undefined ? [] : [key]), [key]);
  const finer = useFinerCurves(jobs, shown, window);
  const series = useMemo(() => {
    // The store is the same object for ever; its version says when it holds more.
    void version;
    if (key === undefined) return [];
    const bySeed = retrainings.flatMap(({ seed: own, job }, colour): ChartSeries[] => {
      const curve = job ? curves.get(job.id, key) : undefined;
      const isShown = seed === null || seed === own;
      if (!job || !curve || !isShown) return [];
      return [{ name: say('seed', { seed: own }), curve: finer(job.id, key, curve), colour }];
    });
    if (bySeed.length < 2) return bySeed;
    const mean = meanCurve(bySeed.map(({ curve }) => curve));
    return [...bySeed, { name: say('mean'), curve: mean, colour: retrainings.length }];
  }, [retrainings, curves, finer, version, key, seed, say]);
  if (key === undefined) return null;
  return (
    <ChartFrame
      name={`${say('title')}: ${say(`key.${key}`)}`}
      table={() =>
        curveTable(series, { series: say('series'), step: say('step'), value: say(`key.${key}`) })
      }
      aside={
        <>
          <Select
            label={say('curve')}
            value={key}
            options={keys.map((value) => ({ value, name: say(`key.${value}`) }))}
            onChange={(next) => void setKey(next)}
          />
          {retrainings.length > 1 && (
            <Select
              label={say('which')}
              value={seed === null ? 'all' : String(seed)}
              options={[
                { value: 'all', name: say('allSeeds') },
                ...retrainings.map((each) => ({
                  value: String(each.seed),
                  name: say('seed', { seed: each.seed }),
                })),
              ]}
              onChange={(next) => void setSeed(next === 'all' ? null : Number(next))}
            />
          )}
        </>
      }
    >
      <CurveChart
        series={series}
        label={`${say('title')}: ${say(`key.${key}`)}`}
        logarithmic={isLogarithmic(key)}
        window={window}
        onWindow={setWindow}
        valueName={say(`key.${key}`)}
      />
    </ChartFrame>
  );
}

/** Accuracy of the weights cut out of the supernets; a button until somebody has asked for it. */
function CutOut({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.training');
  const cut = useChange(CutWeightsDocument, { renews: [OneNetworkDocument] });
  const { search } = useSearch();
  const { cutJob } = network;
  const isUnderWay = cutJob?.state === 'QUEUED' || cutJob?.state === 'RUNNING';
  return (
    <section className={styles.cut} aria-label={say('cut')}>
      <h3>{say('cut')}</h3>
      <p className={styles.recipe}>{say('cutAbout')}</p>
      {network.cut ? (
        <p>
          {network.cut.top1 === null
            ? say('cutUntested', { params: formatCount(network.cut.params) })
            : say('cutTop1', {
                top1: formatShare(network.cut.top1),
                params: formatCount(network.cut.params),
              })}
        </p>
      ) : isUnderWay ? (
        <p>{say('cutting')}</p>
      ) : (
        <>
          {cutJob && <Problem>{cutJob.failure?.message ?? say('cutCancelled')}</Problem>}
          <ForMembers>
            <Button
              isDisabled={search.state !== 'COMPLETE' || cut.isPending}
              onPress={() => cut.mutate({ input: { network: network.id } })}
            >
              {say('cutOut')}
            </Button>
          </ForMembers>
        </>
      )}
    </section>
  );
}
