'use client';

import type { SearchDetail } from '@blockwise/client';
import {
  formatBytes,
  formatCount,
  formatLoss,
  formatMilliseconds,
  formatShare,
} from '../ui/format.ts';
import { Empty, Panel } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { BlockCells, BlockHeads } from './block-cells.tsx';
import { NetworkFiles } from './network-files.tsx';
import styles from './network-panel.module.css';
import { recipeLine } from './recipe-line.ts';
import { useSearch } from './search-frame.tsx';
import { TestedTop1, testedRange } from './tested-top1.tsx';

type Network = SearchDetail['networks'][number];

/** Columns that are there only when a network has something to show in them. */
interface Columns {
  readonly latency: boolean;
  readonly cut: boolean;
  /** Of the accuracies of all trainings. */
  readonly range: readonly [number, number];
}

/**
 * The best networks under the search's budget, by predicted rank, with what retraining made of them;
 * below them those that somebody asked for later.
 */
export function NetworkPanel() {
  const { search } = useSearch();
  const all = [...search.networks, ...search.requested];
  const columns: Columns = {
    latency: all.some(({ latencyMs }) => latencyMs != null),
    cut: all.some(({ cut }) => cut != null),
    range: testedRange(all),
  };
  return (
    <Panel title="Found networks">
      {all.length === 0 ? (
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
              <th scope="col">Retraining</th>
              <th scope="col" className="number">
                Top-1
              </th>
              <th scope="col">Trained by</th>
              {columns.cut && (
                <th
                  scope="col"
                  className="number"
                  title="Accuracy of the weights cut out of the supernets, without any training"
                >
                  Cut out
                </th>
              )}
              <th scope="col" className="number">
                Params
              </th>
              <th scope="col" className="number">
                Macs
              </th>
              <th scope="col" className="number">
                Activations
              </th>
              {columns.latency && (
                <th scope="col" className="number">
                  Latency
                </th>
              )}
              <th scope="col" title="Its weights for other software: see docs/exports.md">
                Files
              </th>
              <BlockHeads search={search} />
            </tr>
          </thead>
          <tbody>
            {search.networks.map((network) => (
              <NetworkRow key={network.id} search={search} network={network} columns={columns} />
            ))}
          </tbody>
          {search.requested.length > 0 && (
            <tbody className={styles.requested}>
              <tr>
                <th scope="rowgroup" colSpan={100}>
                  Asked for afterwards
                </th>
              </tr>
              {search.requested.map((network) => (
                <NetworkRow key={network.id} search={search} network={network} columns={columns} />
              ))}
            </tbody>
          )}
        </table>
      )}
    </Panel>
  );
}

function NetworkRow({
  search,
  network,
  columns,
}: {
  search: SearchDetail;
  network: Network;
  columns: Columns;
}) {
  return (
    <tr>
      <td className="number">{network.predictedRank ?? '–'}</td>
      <td className="number">{formatLoss(network.loss)}</td>
      <td>
        <StateChip state={network.state} />
      </td>
      <td className="number">
        <TestedTop1 network={network} range={columns.range} />
      </td>
      <td>
        <div className={styles.recipe}>{recipeLine(network.retrainings)}</div>
      </td>
      {columns.cut && (
        <td className="number">
          {network.cut == null
            ? '–'
            : network.cut.top1 == null
              ? 'not tested'
              : `${formatShare(network.cut.top1)} with ${formatCount(network.cut.params)} params`}
        </td>
      )}
      <td className="number">
        <AsTrained found={network.params} trained={network.retrainings[0]?.params} />
      </td>
      <td className="number">
        <AsTrained found={network.macs} trained={network.retrainings[0]?.macs} />
      </td>
      <td className="number">
        {network.activationBytes == null ? '–' : formatBytes(network.activationBytes)}
      </td>
      {columns.latency && (
        <td className="number">
          {network.latencyMs == null ? '–' : formatMilliseconds(network.latencyMs)}
        </td>
      )}
      <td>
        <NetworkFiles search={search} network={network} />
      </td>
      <BlockCells architecture={network.architecture} />
    </tr>
  );
}

/** A count, and what it is with the teacher's widths between blocks where it was trained with them. */
function AsTrained({ found, trained }: { found: string; trained: string | null | undefined }) {
  return (
    <>
      {formatCount(found)}
      {trained != null && trained !== found && (
        <div className={styles.recipe}>{formatCount(trained)} as trained</div>
      )}
    </>
  );
}
