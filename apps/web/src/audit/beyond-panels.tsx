'use client';

import { AuditLambdasDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Axes } from '../charts/axes.tsx';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { formatShare } from '../ui/format.ts';
import { Empty, Panel } from '../ui/page.tsx';
import { useTimes } from '../ui/use-times.ts';
import styles from './audit.module.css';
import lineStyles from './random-search.module.css';
import type { Audit, RandomSearch } from './report.ts';

/** What else could have been done: networks at random for the same cost, and other weights of the blocks. */
export function BeyondPanels({ audit }: { audit: Audit }) {
  const say = useTranslations('trust');
  return (
    <div className={styles.pair}>
      <Panel title={say('randomTitle')}>
        {audit.randomSearch == null ? (
          <Empty>{say('noRandom')}</Empty>
        ) : (
          <RandomSearchView random={audit.randomSearch} />
        )}
      </Panel>
      <Panel title={say('lambdaTitle')}>
        {audit.report == null ? <Empty>{say('tooFew')}</Empty> : <LambdaFit audit={audit.id} />}
      </Panel>
    </div>
  );
}

function RandomSearchView({ random }: { random: RandomSearch }) {
  const say = useTranslations('trust');
  const { duration } = useTimes();
  const { searchSeconds, equalCostNetworks, expectedBest, expectedBestOf, solvedTop1 } = random;
  const points = expectedBestOf.map((top1, place) => ({ networks: place + 1, top1 }));
  // What was trained in another way does not compare, so it is told and not drawn.
  const shown = random.sameTraining ? solvedTop1 : null;
  const isBeyond = equalCostNetworks > points.length;
  return (
    <div className={styles.stack}>
      <p>
        {say(isBeyond ? 'randomBeyond' : 'random', {
          cost: duration(searchSeconds),
          networks: equalCostNetworks,
          tested: points.length,
          best: formatShare(expectedBest),
        })}{' '}
        {solvedTop1 != null &&
          say(random.sameTraining ? 'solvedSame' : 'solvedOther', {
            top1: formatShare(solvedTop1),
          })}
      </p>
      <ChartFrame
        name={say('picture.random')}
        table={() => ({
          columns: [
            { name: say('networks'), isNumber: true },
            { name: say('expectedBest'), isNumber: true },
          ],
          rows: points.map(({ networks, top1 }) => [networks, top1]),
        })}
      >
        <Axes
          x={{
            name: say('randomNetworks'),
            values: points.map(({ networks }) => networks),
            format: String,
          }}
          y={{
            name: say('expectedBest'),
            values: [...expectedBestOf, ...(shown == null ? [] : [shown])],
            format: formatShare,
          }}
          label={say('picture.random')}
        >
          {({ x, y, left, right }) => (
            <>
              {shown != null && (
                <g className={lineStyles.found}>
                  <line x1={left} x2={right} y1={y(shown)} y2={y(shown)} />
                  <text x={right} y={y(shown) - 5} textAnchor="end">
                    {say('foundBySearch')}
                  </text>
                </g>
              )}
              <polyline
                points={points.map(({ networks, top1 }) => `${x(networks)},${y(top1)}`).join(' ')}
                className={lineStyles.random}
              />
              {points.map(({ networks, top1 }) => (
                <circle
                  key={networks}
                  cx={x(networks)}
                  cy={y(top1)}
                  r={networks === equalCostNetworks ? 6 : 3}
                  className={lineStyles.dot}
                >
                  <title>{`${networks}: ${formatShare(top1)}`}</title>
                </circle>
              ))}
            </>
          )}
        </Axes>
      </ChartFrame>
    </div>
  );
}

function LambdaFit({ audit }: { audit: string }) {
  const say = useTranslations('trust');
  const { data, error, refetch } = useApi(AuditLambdasDocument, { audit });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  if (data === undefined) return null;
  const { lambdas, fitted, equal } = data.fitLambdas;
  return (
    <div className={styles.stack}>
      <p>
        {say(fitted.rmse < equal.rmse ? 'lambdaBetter' : 'lambdaNoBetter', {
          fitted: points(fitted.rmse),
          equal: points(equal.rmse),
        })}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('block')}</th>
            <th scope="col" className="number">
              λ
            </th>
          </tr>
        </thead>
        <tbody>
          {lambdas.map((lambda, block) => (
            <tr key={`${block} ${lambda}`}>
              <th scope="row">{block + 1}</th>
              <td className="number">{lambda.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{say('lambdaNote')}</p>
    </div>
  );
}

/** A difference of accuracies: `0.0123` → `1.2`, in points. */
function points(difference: number): string {
  return (100 * difference).toFixed(1);
}
