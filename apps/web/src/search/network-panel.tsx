import type { SearchDetail } from '../live/apply-event.ts';
import { formatCount, formatLoss, formatShare } from '../ui/format.ts';
import { Empty, Panel } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { BlockCells, BlockHeads } from './block-cells.tsx';

/** The best networks under the search's budget, by predicted rank, with what retraining made of them. */
export function NetworkPanel({ search }: { search: SearchDetail }) {
  return (
    <Panel title="Found networks">
      {search.networks.length === 0 ? (
        <Empty>Networks are found when all cells are rated.</Empty>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                Predicted rank
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
              <th scope="col">Retraining</th>
              <th scope="col" className="number">
                Top-1
              </th>
              <BlockHeads search={search} />
            </tr>
          </thead>
          <tbody>
            {search.networks.map((network) => (
              <tr key={network.id}>
                <td className="number">{network.predictedRank}</td>
                <td className="number">{formatLoss(network.loss)}</td>
                <td className="number">{formatCount(network.params)}</td>
                <td className="number">{formatCount(network.macs)}</td>
                <td>
                  <StateChip state={network.state} />
                </td>
                <td className="number">{network.top1 == null ? '–' : formatShare(network.top1)}</td>
                <BlockCells architecture={network.architecture} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
