'use client';

import type { SolutionDetailFragment } from '@blockwise/client';
import { architectureDifference, parseNetwork } from '@blockwise/dna';
import { Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { costAxes } from '../search/cost-axes.ts';
import { Button } from '../ui/button.tsx';
import { formatLoss } from '../ui/format.ts';
import { Scroll } from '../ui/scroll.tsx';
import { SolutionCosts } from './solution-costs.tsx';

/** The best networks of a budget, one a row, with what parts them from the first. */
export function NextBest({
  solutions,
  isPinned,
  onPin,
}: {
  solutions: readonly SolutionDetailFragment[];
  isPinned: (place: number) => boolean;
  onPin: (place: number) => void;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common.cost');
  const hasLatency = solutions.some(({ latencyMs }) => latencyMs != null);
  const [best] = solutions;
  return (
    <Scroll label={say('table')}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">
              {say('place')}
            </th>
            <th scope="col" className="number">
              {common('loss')}
            </th>
            <th scope="col" className="number">
              {say('layersFromBest')}
            </th>
            {costAxes
              .filter(({ key }) => key !== 'latencyMs' || hasLatency)
              .map(({ key }) => (
                <th key={key} scope="col" className="number">
                  {common(key)}
                </th>
              ))}
            <th scope="col">{say('encoding')}</th>
            <th scope="col">
              <span className="visually-hidden">{say('pin')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {solutions.map((solution, at) => {
            const place = at + 1;
            const pinned = isPinned(place);
            return (
              <tr key={solution.encoding}>
                <td className="number">{place}</td>
                <td className="number">{formatLoss(solution.loss)}</td>
                <td className="number">{best ? layersApart(best, solution) : 0}</td>
                <SolutionCosts network={solution} hasLatency={hasLatency} />
                <td>
                  <code>{solution.encoding}</code>
                </td>
                <td>
                  <Button
                    tone="quiet"
                    aria-label={say(pinned ? 'unpinPlace' : 'pinPlace', { place })}
                    icon={pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
                    onPress={() => onPin(place)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

type Built = Pick<SolutionDetailFragment, 'architecture'>;

/** Layers in which two networks differ. */
export function layersApart(a: Built, b: Built): number {
  if (a.architecture === b.architecture) return 0;
  return architectureDifference(parseNetwork(a.architecture), parseNetwork(b.architecture)).filter(
    ({ change }) => change !== 'kept',
  ).length;
}
