'use client';

import type { NetworkNodesQuery } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { isLogarithmic, trainingKeys } from '../search/training-keys.ts';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel } from '../ui/page.tsx';
import { ComparedCurves } from './compared-curves.tsx';

type Network = Extract<
  NonNullable<NetworkNodesQuery['nodes'][number]>,
  { readonly __typename: 'Network' }
>;

/** How the networks learned, each by its first training. */
export function TrainingCurves({
  networks,
  nameOf,
  asked,
  onKey,
}: {
  networks: readonly Network[];
  nameOf: (at: number) => string;
  /** Key of the curve that was chosen; null for the first that there is. */
  asked: string | null;
  onKey: (key: string) => void;
}) {
  const say = useTranslations('compare');
  const training = useTranslations('network.training');
  const jobs = networks.map(({ trainings: [first] }) => first?.job ?? undefined);
  const keys = trainingKeys.filter((key) => jobs.some((job) => job?.curveKeys.includes(key)));
  const key = keys.find((each) => each === asked) ?? keys[0];
  return (
    <Panel title={say('trainings')}>
      {key === undefined ? (
        <Empty>{say('noTrainings')}</Empty>
      ) : (
        <ComparedCurves
          title={say('trainingsOf', { curve: training(`key.${key}`) })}
          runName={say('network')}
          runs={jobs.map((job, at) => ({ name: nameOf(at), job: job?.id }))}
          curveKey={key}
          keyName={training(`key.${key}`)}
          logarithmic={isLogarithmic(key)}
          aside={
            <Select
              label={training('curve')}
              value={key}
              options={keys.map((value) => ({ value, name: training(`key.${value}`) }))}
              onChange={onKey}
            />
          }
        />
      )}
    </Panel>
  );
}
