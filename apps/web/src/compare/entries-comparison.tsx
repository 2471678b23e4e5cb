'use client';

import { CompareEntriesDocument, type CompareEntriesQuery } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { costAxes } from '../search/cost-axes.ts';
import { formatCount } from '../ui/format.ts';
import { Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { LayerDifference } from './layer-difference.tsx';

/** Entries of leaderboards, each beside the first. */
export function EntriesComparison({ ids: [first = '', ...others] }: { ids: readonly string[] }) {
  return others.map((id, at) => <EntryPair key={id} a={first} b={id} number={at + 2} />);
}

function EntryPair({ a, b, number }: { a: string; b: string; number: number }) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(CompareEntriesDocument, { a, b });
  const [nameA, nameB] = [say('entry', { number: 1 }), say('entry', { number })];
  const title = say('differenceOf', { a: '1', b: String(number) });
  return (
    <Panel title={title}>
      {error ? (
        <ApiProblem error={error} onRetry={refetch} />
      ) : data === undefined ? (
        <Skeleton lines={8} label={common('loading')} />
      ) : (
        <Pair comparison={data.compareEntries} nameA={nameA} nameB={nameB} title={title} />
      )}
    </Panel>
  );
}

function Pair({
  comparison,
  nameA,
  nameB,
  title,
}: {
  comparison: CompareEntriesQuery['compareEntries'];
  nameA: string;
  nameB: string;
  title: string;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common.cost');
  const { sameData, top1Difference, top1DifferenceDeviation, layers, layersDiffering } = comparison;
  const costName = (name: string) => {
    const axis = costAxes.find(({ key }) => key === name);
    if (axis) return common(axis.key);
    return name === 'gpuHours' ? say('gpuHours') : name === 'cpuHours' ? say('cpuHours') : name;
  };
  const format = (name: string, value: number | null | undefined) => {
    if (value == null) return '–';
    return (costAxes.find(({ key }) => key === name)?.format ?? formatCount)(value);
  };
  return (
    <>
      <p>
        {say('top1Difference', {
          a: nameA,
          b: nameB,
          difference: signed(top1Difference),
          deviation:
            top1DifferenceDeviation == null
              ? ''
              : ` ± ${(100 * top1DifferenceDeviation).toFixed(2)}`,
        })}{' '}
        {!sameData && say('otherData')}
      </p>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('figure')}</th>
              <th scope="col" className="number">
                {nameA}
              </th>
              <th scope="col" className="number">
                {nameB}
              </th>
              <th scope="col" className="number">
                {say('ratio')}
              </th>
            </tr>
          </thead>
          <tbody>
            {comparison.costs.map(({ name, a, b, ratio }) => (
              <tr key={name}>
                <th scope="row">{costName(name)}</th>
                <td className="number">{format(name, a)}</td>
                <td className="number">{format(name, b)}</td>
                <td className="number">{ratio == null ? '–' : `×${ratio.toFixed(2)}`}</td>
              </tr>
            ))}
            {comparison.training.map(({ field, a, b }) => (
              <tr key={field}>
                <th scope="row">
                  <code>{field}</code>
                </th>
                <td className="number">{a ?? '–'}</td>
                <td className="number">{b ?? '–'}</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p>{say('layersDiffer', { layers: layersDiffering, all: layers.length })}</p>
      <LayerDifference name={title} a={nameA} b={nameB} layers={layers} />
    </>
  );
}

/** Percentage points with their sign. */
function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}`;
}
