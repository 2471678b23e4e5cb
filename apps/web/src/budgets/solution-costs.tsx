import type { SolutionDetailFragment } from '@blockwise/client';
import { costAxes } from '../search/cost-axes.ts';
import { formatExact } from '../ui/format.ts';

/** Costs of a network as cells of a row, in the order of {@link costAxes}. */
export function SolutionCosts({
  network,
  hasLatency,
}: {
  network: SolutionDetailFragment;
  hasLatency: boolean;
}) {
  return costAxes
    .filter(({ key }) => key !== 'latencyMs' || hasLatency)
    .map(({ key, format, isWhole }) => {
      const value = network[key];
      return (
        <td
          key={key}
          className="number"
          title={isWhole && value != null ? formatExact(value) : undefined}
        >
          {value == null ? '–' : format(value)}
        </td>
      );
    });
}
