import type { SearchDetail, SolveQuery } from '@blockwise/client';
import {
  formatBytes,
  formatCount,
  formatExact,
  formatLoss,
  formatMilliseconds,
} from '../ui/format.ts';
import { BlockCells, BlockHeads } from './block-cells.tsx';

export type Solution = SolveQuery['solve'][number];

/** Networks that fit a budget, the best first. */
export function SolutionTable({
  search,
  solutions,
}: {
  search: SearchDetail;
  solutions: readonly Solution[];
}) {
  const hasLatency = solutions.some(({ latencyMs }) => latencyMs != null);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="number">
            Place
          </th>
          <th scope="col" className="number">
            Predicted loss
          </th>
          <th scope="col" className="number">
            Params
          </th>
          <th scope="col" className="number">
            Macs
          </th>
          <th scope="col" className="number">
            FlopsTool
          </th>
          <th scope="col" className="number">
            Activations
          </th>
          {hasLatency && (
            <th scope="col" className="number">
              Latency
            </th>
          )}
          <BlockHeads search={search} />
        </tr>
      </thead>
      <tbody>
        {solutions.map((solution, place) => (
          <tr key={solution.encoding}>
            <td className="number">{place + 1}</td>
            <td className="number">{formatLoss(solution.loss)}</td>
            <td className="number" title={formatExact(solution.params)}>
              {formatCount(solution.params)}
            </td>
            <td className="number" title={formatExact(solution.macs)}>
              {formatCount(solution.macs)}
            </td>
            <td className="number" title={formatExact(solution.flopsTool)}>
              {formatCount(solution.flopsTool)}
            </td>
            <td className="number">{formatBytes(solution.activationBytes)}</td>
            {hasLatency && (
              <td className="number">
                {solution.latencyMs == null ? '–' : formatMilliseconds(solution.latencyMs)}
              </td>
            )}
            <BlockCells architecture={solution.architecture} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
