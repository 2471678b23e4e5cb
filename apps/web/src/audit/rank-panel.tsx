'use client';

import { useTranslations } from 'next-intl';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { formatCorrelation, formatCount } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import styles from './audit.module.css';
import { RankPicture } from './rank-picture.tsx';
import type { RankReport } from './report.ts';

const measures = ['kendall', 'spearman', 'pearson', 'partialSpearman'] as const;

/** Correlations of the prediction with accuracy beside those of plain costs, whole and at fixed macs. */
export function RankPanel({ name, report }: { name: string; report: RankReport }) {
  const say = useTranslations('trust');
  const { predictors, slices } = report;
  return (
    <Panel title={say('correlations')}>
      <div className={styles.stack}>
        <ChartFrame
          name={say('picture.correlations', { name })}
          table={() => ({
            columns: [
              { name: say('measureName') },
              { name: say('orderedBy') },
              { name: say('value'), isNumber: true },
              { name: say('low'), isNumber: true },
              { name: say('high'), isNumber: true },
            ],
            rows: measures.flatMap((measure) =>
              predictors.map((each) => [
                say(`measure.${measure}`),
                say(`predictor.${each.predictor}`),
                each[measure].value ?? null,
                each[measure].low ?? null,
                each[measure].high ?? null,
              ]),
            ),
          })}
          aside={<p className={styles.note}>{say('readCorrelations')}</p>}
        >
          <RankPicture
            label={say('picture.correlations', { name })}
            groups={measures.map((measure) => ({
              name: say(`measure.${measure}`),
              rows: predictors.map((each) => ({
                key: each.predictor,
                name: say(`predictor.${each.predictor}`),
                isMain: each.predictor === 'PREDICTED',
                estimate: each[measure],
              })),
            }))}
          />
        </ChartFrame>
        {slices.length > 0 && (
          <>
            <h3>{say('slices')}</h3>
            <Scroll label={say('slices')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say('slice')}</th>
                    <th scope="col" className="number">
                      {say('networks')}
                    </th>
                    {predictors.map(({ predictor }) => (
                      <th key={predictor} scope="col" className="number">
                        {say('tauBy', { predictor: say(`predictor.${predictor}`) })}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {slices.map(({ min, max, networks, kendall }) => (
                    <tr key={min}>
                      <th scope="row">
                        {formatCount(min)} – {formatCount(max)}
                      </th>
                      <td className="number">{networks}</td>
                      {predictors.map(({ predictor }) => {
                        const value = kendall.find((each) => each.predictor === predictor)?.value;
                        return (
                          <td key={predictor} className="number">
                            {value == null ? '–' : formatCorrelation(value)}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            <p className={styles.note}>{say('slicesNote')}</p>
          </>
        )}
      </div>
    </Panel>
  );
}
