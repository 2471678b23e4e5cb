import type {
  AuditReportQuery,
  RankEstimateFragment,
  RankReportDetailFragment,
} from '../generated/graphql.ts';
import { networkColumns } from './network-columns.ts';
import { type Column, type Format, showRows } from './rows.ts';

type PredictorRow = RankReportDetailFragment['predictors'][number];
type Slice = RankReportDetailFragment['slices'][number];
type Audit = NonNullable<AuditReportQuery['audit']>;
type RandomSearch = NonNullable<Audit['randomSearch']>;

const statistics = ['kendall', 'spearman', 'pearson', 'partialSpearman', 'predictedAhead'] as const;

const predictorColumns: readonly Column<PredictorRow>[] = [
  { key: 'predictor', of: ({ predictor }) => predictor },
  ...statistics.map((statistic): Column<PredictorRow> => {
    return { key: statistic, of: (row) => interval(row[statistic]) };
  }),
];

/** A row for every statistic of every predictor, for machines. */
const flatColumns: readonly Column<
  { predictor: string; statistic: string } & RankEstimateFragment
>[] = [
  { key: 'predictor', of: ({ predictor }) => predictor },
  { key: 'statistic', of: ({ statistic }) => statistic },
  { key: 'value', of: ({ value }) => value },
  { key: 'low', of: ({ low }) => low },
  { key: 'high', of: ({ high }) => high },
];

/** A ranking report; of an audit with what random search gives, and its networks. */
export function showReport(
  report: RankReportDetailFragment,
  audit: Pick<Audit, 'randomSearch' | 'networks'> | null,
  format: Format | undefined,
  whole: unknown,
): string {
  if (format === 'json') return JSON.stringify(whole, undefined, 2);
  if (format === 'csv') {
    const rows = report.predictors.flatMap((row) =>
      statistics.map((statistic) => ({ predictor: row.predictor, statistic, ...row[statistic] })),
    );
    return showRows(rows, flatColumns, format);
  }
  return [
    `${report.networks} networks; 95% intervals in brackets; partial and slices at fixed ${report.fixed}`,
    '',
    showRows(report.predictors, predictorColumns, format),
    ...(report.slices.length === 0
      ? []
      : ['', showRows(report.slices, sliceColumns(report.slices), format)]),
    ...(audit?.randomSearch ? ['', ...randomLines(audit.randomSearch)] : []),
    ...(audit ? ['', showRows(audit.networks, networkColumns, format)] : []),
  ].join('\n');
}

function sliceColumns([first]: readonly Slice[]): readonly Column<Slice>[] {
  return [
    { key: 'from', of: ({ min }) => min },
    { key: 'to', of: ({ max }) => max },
    { key: 'networks', of: ({ networks }) => networks },
    ...(first?.kendall ?? []).map(({ predictor }, i): Column<Slice> => {
      return { key: `kendall ${predictor}`, of: ({ kendall }) => rounded(kendall[i]?.value) };
    }),
  ];
}

function randomLines(random: RandomSearch): string[] {
  const { equalCostNetworks, expectedBest, expectedBestOf, solvedTop1, sameTraining } = random;
  const draws = Math.min(equalCostNetworks, expectedBestOf.length);
  return [
    `Random search: the search cost as much as training ${equalCostNetworks} networks ` +
      `(${rounded(random.searchSeconds)} s at ${rounded(random.secondsPerNetwork)} s each); the best of ` +
      `${draws} is expected to have top-1 ${rounded(expectedBest)}.`,
    ...(solvedTop1 == null
      ? []
      : [
          `The network that the search predicted best has top-1 ${rounded(solvedTop1)}, ` +
            `${sameTraining ? 'trained alike' : 'trained otherwise, so the two do not compare'}.`,
        ]),
  ];
}

function interval({ value, low, high }: RankEstimateFragment): string | null {
  if (value === null) return null;
  return low === null || high === null
    ? rounded(value)
    : `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

function rounded(value: number | null | undefined): string {
  return value == null ? '–' : value.toFixed(4);
}
