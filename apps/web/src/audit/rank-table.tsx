import { formatCorrelation, formatCount, formatInline } from '../ui/format.ts';
import { Estimate } from './estimate.tsx';
import { predictorNames, type RankReport } from './rank-sentences.ts';
import styles from './rank-table.module.css';

/** Correlations of every predictor with accuracy; 1 is the right order. */
export function RankTable({ predictors }: Pick<RankReport, 'predictors'>) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Ordered by</th>
          <th scope="col">Kendall’s τ</th>
          <th scope="col">Spearman’s ρ</th>
          <th scope="col">Pearson’s R</th>
          <th
            scope="col"
            title="Partial Spearman’s ρ: what is left of the order among networks of equal macs"
          >
            ρ at fixed macs
          </th>
        </tr>
      </thead>
      <tbody>
        {predictors.map(({ predictor, kendall, spearman, pearson, partialSpearman }) => (
          <tr key={predictor}>
            <th scope="row" className={styles.name}>
              {predictorNames[predictor]}
            </th>
            <td>
              <Estimate of={kendall} />
            </td>
            <td>
              <Estimate of={spearman} />
            </td>
            <td>
              <Estimate of={pearson} />
            </td>
            <td>
              <Estimate of={partialSpearman} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Kendall's τ among networks of about the same macs, where cost is no help. */
export function SliceTable({ predictors, slices }: Pick<RankReport, 'predictors' | 'slices'>) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Slice of macs</th>
          <th scope="col" className="number">
            Networks
          </th>
          {predictors.map(({ predictor }) => (
            <th key={predictor} scope="col" className="number">
              τ by {formatInline(predictorNames[predictor])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {slices.map(({ min, max, networks, kendall }) => (
          <tr key={min}>
            <td>
              {formatCount(min)} to {formatCount(max)}
            </td>
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
  );
}
