'use client';

import { AuditLambdasDocument, type AuditNetworksQuery } from '@blockwise/client';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { Empty, Problem } from '../ui/page.tsx';
import styles from './audit-report.module.css';
import { aheadSentence, lambdaSentence, randomSearchSentence } from './rank-sentences.ts';
import { RankTable, SliceTable } from './rank-table.tsx';

type Audit = NonNullable<AuditNetworksQuery['audit']>;

/** What an audit says in numbers: correlations beside those of plain costs, and what else could have been done. */
export function AuditReport({ audit: { id, report, randomSearch } }: { audit: Audit }) {
  const client = useClient();
  const fit = useAnswer(report == null ? undefined : `${id} ${report.networks}`, (signal) =>
    client.request(AuditLambdasDocument, { audit: id }, { signal }),
  );
  if (report == null) return <Empty>Four tested networks make a ranking.</Empty>;
  return (
    <div className={styles.report}>
      <div className={styles.scroll}>
        <RankTable predictors={report.predictors} />
      </div>
      <ul className={styles.sentences}>
        {[
          aheadSentence(report),
          randomSearch == null ? '' : randomSearchSentence(randomSearch),
          fit.value === undefined ? '' : lambdaSentence(fit.value.fitLambdas),
        ].map((sentence) => sentence !== '' && <li key={sentence}>{sentence}</li>)}
      </ul>
      {fit.error && <Problem>{fit.error.message}</Problem>}
      {report.slices.length > 0 && (
        <div className={styles.scroll}>
          <SliceTable predictors={report.predictors} slices={report.slices} />
        </div>
      )}
      <p className={styles.note}>
        1 is the right order, 0 none; lower losses count as better. Intervals: 95%, bootstrap over
        networks. Params and macs cost nothing: a prediction is worth what it knows beyond them.
      </p>
    </div>
  );
}
