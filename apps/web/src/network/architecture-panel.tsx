'use client';

import type { OneNetworkFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { ArchitecturePicture } from '../pictures/architecture-picture.tsx';
import { architectureTable } from '../pictures/architecture-table.ts';
import type { DrawnLayer } from '../pictures/read-architecture.ts';
import { useLayerWords } from '../pictures/use-layer-words.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Panel } from '../ui/page.tsx';
import styles from './architecture-panel.module.css';
import { formatGap } from './format-gap.ts';
import { RunnerUpTable } from './runner-up-table.tsx';
import { useArchitecture, useRatings } from './use-network.ts';
import { nearestByLayer } from './why.ts';
import { WhyItWon } from './why-it-won.tsx';

/** The network drawn, why it won, and for the chosen layer what it could have been. */
export function ArchitecturePanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.picture');
  const drawing = useTranslations('architecture');
  const words = useLayerWords();
  const { search } = useSearch();
  const [key, setKey] = useQueryState('layer', parseAsString);
  const [pointed, setPointed] = useState<DrawnLayer>();
  const { ratings, error } = useRatings(network.id);
  const architecture = useArchitecture(network.architecture);
  const teacher = useArchitecture(search.teacher?.architecture);
  const runnerUps = ratings?.runnerUps ?? undefined;
  const notes = useMemo(
    () =>
      new Map(
        [...nearestByLayer(runnerUps ?? [])].map(([layer, { relativeGap, gap }]) => [
          layer,
          formatGap(relativeGap ?? gap),
        ]),
      ),
    [runnerUps],
  );
  if (architecture === null) return null;
  const chosen = architecture.layers.find((layer) => layer.key === key);
  const told = pointed ?? chosen;
  return (
    <>
      <Panel title={say('title')}>
        <ChartFrame
          name={drawing('picture')}
          table={() => architectureTable(architecture, drawing, words)}
          aside={
            <p className={styles.told} aria-live="polite">
              {told === undefined
                ? say('hint')
                : `${words.layer(told)}; ${words.costs(told, architecture)}`}
            </p>
          }
        >
          <ArchitecturePicture
            network={architecture}
            teacher={teacher}
            cuts={search.teacher?.cuts ?? []}
            imageSize={search.dataset?.size ?? 1}
            notes={notes}
            notesName={say('runnerUp')}
            chosen={chosen}
            onChoose={(layer) => void setKey(layer.key === key ? null : layer.key)}
            onPoint={setPointed}
            label={say('label')}
          />
        </ChartFrame>
        <p className={styles.legend}>
          {drawing('legend')}
          {teacher === null && search.teacher && ` ${drawing('teacherUnknown')}`}
        </p>
        {error && <ApiProblem error={error} />}
        {ratings && runnerUps === undefined && <p className={styles.legend}>{say('hidden')}</p>}
        {chosen && runnerUps && (
          <RunnerUpTable network={network} layer={chosen} runnerUps={runnerUps} />
        )}
      </Panel>
      {ratings && runnerUps && (
        <WhyItWon network={network} rated={ratings.candidates} runnerUps={runnerUps} />
      )}
    </>
  );
}
