'use client';

import type { CompareQuery } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { searchPath } from '../search/search-path.ts';
import { Select } from '../ui/fields.tsx';
import {
  formatCorrelation,
  formatCount,
  formatExact,
  formatLoss,
  formatShare,
} from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Seconds } from '../ui/times.tsx';
import type { KnownSearch } from './use-known-searches.ts';

type Compared = CompareQuery['compare']['searches'][number];
const targets = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** What each search found and what it took, a column for every figure. */
export function SearchFacts({
  searches,
  known,
  target,
  onTarget,
}: {
  searches: readonly Compared[];
  known: readonly KnownSearch[];
  target: number | null;
  onTarget: (target: number | null) => void;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  return (
    <Panel
      title={say('facts')}
      aside={
        <Select
          label={say('target')}
          value={target === null ? '' : String(target)}
          options={[
            { value: '', name: common('none') },
            ...[...new Set([...targets, ...(target === null ? [] : [target])])].map((each) => ({
              value: String(each),
              name: formatShare(each),
            })),
          ]}
          onChange={(value) => onTarget(value === '' ? null : Number(value))}
        />
      }
    >
      <Scroll label={say('facts')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('search')}</th>
              <th scope="col" className="number">
                {say('bestLoss')}
              </th>
              <th scope="col" className="number">
                {say('bestTop1')}
              </th>
              <th scope="col" className="number">
                {common('cost.params')}
              </th>
              <th scope="col" className="number">
                {common('cost.macs')}
              </th>
              <th scope="col" className="number">
                {say('space')}
              </th>
              <th scope="col" className="number" title={say('tookAbout')}>
                {say('took')}
              </th>
              {target !== null && (
                <th scope="col" className="number" title={say('timeToAbout')}>
                  {say('timeTo', { target: formatShare(target) })}
                </th>
              )}
              <th scope="col" className="number" title={say('kendallAbout')}>
                {say('kendall')}
              </th>
            </tr>
          </thead>
          <tbody>
            {searches.map(({ search, best, bestTop1, secondsToTarget, kendall }, at) => {
              const own = known.find(({ id }) => id === search.id);
              return (
                <tr key={search.id}>
                  <th scope="row">
                    {at + 1}: <Link href={searchPath(search.id)}>{search.name}</Link>
                  </th>
                  <td className="number">{formatLoss(best.loss)}</td>
                  <td className="number">
                    {bestTop1 == null ? say('notTested') : formatShare(bestTop1)}
                  </td>
                  <td className="number" title={formatExact(best.params)}>
                    {formatCount(best.params)}
                  </td>
                  <td className="number" title={formatExact(best.macs)}>
                    {formatCount(best.macs)}
                  </td>
                  <td className="number">{own ? formatCount(own.spaceSize) : '–'}</td>
                  <td className="number">{own ? <Seconds value={own.gpuSeconds} /> : '–'}</td>
                  {target !== null && (
                    <td className="number">
                      {secondsToTarget == null ? (
                        say('notReached')
                      ) : (
                        <Seconds value={secondsToTarget} />
                      )}
                    </td>
                  )}
                  <td className="number">
                    {kendall == null ? say('noAudit') : formatCorrelation(kendall)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
