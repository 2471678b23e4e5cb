'use client';

import { NetworkNodesDocument } from '@blockwise/client';
import { architectureDifference, parseNetwork } from '@blockwise/dna';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { type CostKey, costAxes } from '../search/cost-axes.ts';
import { recipeLine } from '../search/recipe-words.ts';
import { formatLoss, formatShareSpread } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { LayerDifference } from './layer-difference.tsx';
import { TrainingCurves } from './training-curves.tsx';
import { useCompareView } from './use-compare-view.ts';

/** Networks side by side, and each of them layer by layer beside the first. */
export function NetworksComparison({ ids }: { ids: readonly string[] }) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const recipe = useTranslations('recipe');
  const [view, setView] = useCompareView();
  const { data, error, refetch } = useApi(NetworkNodesDocument, { ids: [...ids] });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  if (data === undefined) return <Skeleton lines={10} label={common('loading')} />;
  const networks = data.nodes.flatMap((node) => (node?.__typename === 'Network' ? [node] : []));
  const [first, ...others] = networks;
  const missing = ids.length - networks.length;
  const costs = costAxes.filter(({ key }) => networks.some((network) => network[key] != null));
  const nameOf = (at: number) => `${at + 1}: ${networks[at]?.encoding ?? ''}`;
  return (
    <>
      <Panel title={say('networks')}>
        {missing > 0 && <Empty>{say('missing', { count: missing })}</Empty>}
        <Scroll label={say('networks')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('network')}</th>
                <th scope="col" className="number">
                  {say('top1')}
                </th>
                <th scope="col" className="number">
                  {common('cost.loss')}
                </th>
                {costs.map(({ key }) => (
                  <th key={key} scope="col" className="number">
                    {common(`cost.${key}`)}
                  </th>
                ))}
                <th scope="col">{say('training')}</th>
              </tr>
            </thead>
            <tbody>
              {networks.map((network, at) => (
                <tr key={network.id}>
                  <th scope="row">
                    {at + 1}: <code>{network.encoding}</code>
                  </th>
                  <td className="number">
                    {network.top1 == null
                      ? say('notTested')
                      : formatShareSpread(network.top1, network.top1Deviation)}
                  </td>
                  <td className="number">{formatLoss(network.loss)}</td>
                  {costs.map(({ key, format }) => (
                    <td key={key} className="number">
                      {costOf(network, key, format)}
                    </td>
                  ))}
                  <td>{recipeLine(recipe, network.retrainings)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Panel>
      <TrainingCurves
        networks={networks}
        nameOf={nameOf}
        asked={view.curve}
        onKey={(curve) => void setView({ curve })}
      />
      {first &&
        others.map((network, at) => {
          const layers = architectureDifference(
            parseNetwork(first.architecture),
            parseNetwork(network.architecture),
          );
          const title = say('differenceOf', { a: '1', b: String(at + 2) });
          return (
            <Panel key={network.id} title={title}>
              <p>
                {say('layersDiffer', {
                  layers: layers.filter(({ change }) => change !== 'kept').length,
                  all: layers.length,
                })}
              </p>
              <LayerDifference name={title} a={nameOf(0)} b={nameOf(at + 1)} layers={layers} />
            </Panel>
          );
        })}
    </>
  );
}

function costOf(
  network: Partial<Record<CostKey, string | number | null>>,
  key: CostKey,
  format: (value: string | number) => string,
): string {
  const value = network[key];
  return value == null ? '–' : format(value);
}
