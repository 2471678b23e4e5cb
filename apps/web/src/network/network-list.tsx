'use client';

import {
  type NetworkRowFragment,
  SearchNetworksDocument,
  type SearchNetworksQuery,
} from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { ArchitectureStrip } from '../pictures/architecture-strip.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { searchPath } from '../search/search-path.ts';
import { TestedTop1, testedRange } from '../search/tested-top1.tsx';
import {
  formatBytes,
  formatCount,
  formatExact,
  formatLoss,
  formatMilliseconds,
  formatShare,
} from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { type Direction, SortHead } from '../ui/sort-head.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { HeldChart } from './held-chart.tsx';
import styles from './network-list.module.css';
import { useNetworkName } from './network-name.ts';

const fields = ['RANK', 'TOP1', 'LOSS', 'PARAMS', 'MACS'] as const;
type Field = (typeof fields)[number];
const directions = ['ASC', 'DESC'] as const;
const pageSize = 100;
/** How often the list is read anew while a network is being trained. */
const busySeconds = 5;

/** The networks that the search found and those that somebody asked for, with what training made of them. */
export function NetworkList() {
  const say = useTranslations('network');
  const common = useTranslations('common');
  const { search } = useSearch();
  const [field, setField] = useQueryState('by', parseAsStringLiteral(fields).withDefault('RANK'));
  const [direction, setDirection] = useQueryState('way', parseAsStringLiteral(directions));
  const [pointed, setPointed] = useState<string>();
  const orderBy = { field, ...(direction && { direction }) };
  const asked = { id: search.id, orderBy, first: pageSize };
  const options = {
    keepsLast: true,
    everySeconds: ({ search: read }: SearchNetworksQuery) =>
      read?.networks.nodes.some(({ state }) => state === 'QUEUED' || state === 'RUNNING')
        ? busySeconds
        : undefined,
  };
  const found = useApi(SearchNetworksDocument, { ...asked, origin: 'SOLVED' }, options);
  const requested = useApi(SearchNetworksDocument, { ...asked, origin: 'REQUESTED' }, options);

  const error = found.error ?? requested.error;
  if (error) return <ApiProblem error={error} onRetry={() => found.refetch()} />;
  const [first, second] = [found.data?.search?.networks, requested.data?.search?.networks];
  const all = [...(first?.nodes ?? []), ...(second?.nodes ?? [])];
  const sort = {
    field,
    direction: direction ?? (field === 'TOP1' ? 'DESC' : 'ASC'),
    onSort: (next: Field, way: Direction) => {
      void setField(next);
      void setDirection(way);
    },
  } as const;

  return (
    <>
      <Panel title={say('title')}>
        {first === undefined || second === undefined ? (
          <Skeleton lines={5} label={common('loading')} />
        ) : all.length === 0 ? (
          <Empty>{say('waiting')}</Empty>
        ) : (
          <Scroll label={say('title')}>
            <table>
              <Heads networks={all} {...sort} />
              {[first, second].map(
                ({ nodes, totalCount }, at) =>
                  nodes.length > 0 && (
                    <tbody key={at}>
                      {(at === 1 || second.nodes.length > 0) && (
                        <tr>
                          <th scope="rowgroup" colSpan={20} className={styles.group}>
                            {say(at === 0 ? 'foundHead' : 'askedHead')}
                            {totalCount > nodes.length && (
                              <> · {say('more', { shown: nodes.length, count: totalCount })}</>
                            )}
                          </th>
                        </tr>
                      )}
                      {nodes.map((network) => (
                        <Row
                          key={network.id}
                          network={network}
                          all={all}
                          isPointed={network.id === pointed}
                          onPoint={(isPointed) => setPointed(isPointed ? network.id : undefined)}
                        />
                      ))}
                    </tbody>
                  ),
              )}
            </table>
          </Scroll>
        )}
      </Panel>
      <HeldChart networks={all} pointed={pointed} onPoint={setPointed} />
    </>
  );
}

/** Which columns have something to show. */
function columnsOf(networks: readonly NetworkRowFragment[]) {
  return {
    latency: networks.some(({ latencyMs }) => latencyMs != null),
    cut: networks.some(({ cut }) => cut?.top1 != null),
  };
}

function Heads({
  networks,
  field,
  direction,
  onSort,
}: {
  networks: readonly NetworkRowFragment[];
  field: Field;
  direction: Direction;
  onSort: (field: Field, direction: Direction) => void;
}) {
  const say = useTranslations('network');
  const columns = columnsOf(networks);
  const head = (by: Field, name: string, about?: string) => (
    <SortHead
      name={name}
      {...(about && { about })}
      isNumber
      direction={field === by ? direction : undefined}
      first={by === 'TOP1' ? 'DESC' : 'ASC'}
      onSort={(way) => onSort(by, way)}
    />
  );
  return (
    <thead>
      <tr>
        <th scope="col">{say('column.name')}</th>
        {head('TOP1', say('column.top1'))}
        {head('RANK', say('column.rank'))}
        {head('LOSS', say('column.loss'), say('about.loss'))}
        {head('PARAMS', say('column.params'))}
        {head('MACS', say('column.macs'))}
        <th scope="col" className="number">
          {say('column.activations')}
        </th>
        {columns.latency && (
          <th scope="col" className="number">
            {say('column.latency')}
          </th>
        )}
        {columns.cut && (
          <th scope="col" className="number" title={say('about.cut')}>
            {say('column.cut')}
          </th>
        )}
        <th scope="col">{say('column.state')}</th>
        <th scope="col" title={say('about.architecture')}>
          {say('column.architecture')}
        </th>
      </tr>
    </thead>
  );
}

function Row({
  network,
  all,
  isPointed,
  onPoint,
}: {
  network: NetworkRowFragment;
  all: readonly NetworkRowFragment[];
  isPointed: boolean;
  onPoint: (isPointed: boolean) => void;
}) {
  const { search } = useSearch();
  const nameOf = useNetworkName();
  const columns = columnsOf(all);
  const [trained] = network.retrainings;
  return (
    <tr
      className={isPointed ? styles.pointed : undefined}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      <th scope="row">
        <Link
          href={searchPath(search.id, 'networks', network.id)}
          className={styles.name}
          onFocus={() => onPoint(true)}
          onBlur={() => onPoint(false)}
        >
          {nameOf(network)}
        </Link>
      </th>
      <td className="number">
        <TestedTop1 network={network} range={testedRange(all)} />
      </td>
      <td className="number">{network.predictedRank ?? '–'}</td>
      <td className="number">{formatLoss(network.loss)}</td>
      <Count found={network.params} trained={trained?.params} />
      <Count found={network.macs} trained={trained?.macs} />
      <td className="number">
        {network.activationBytes == null ? '–' : formatBytes(network.activationBytes)}
      </td>
      {columns.latency && (
        <td className="number">
          {network.latencyMs == null ? '–' : formatMilliseconds(network.latencyMs)}
        </td>
      )}
      {columns.cut && (
        <td className="number">
          {network.cut?.top1 == null ? '–' : formatShare(network.cut.top1)}
        </td>
      )}
      <td>
        <StateChip state={network.state} />
      </td>
      <td>
        <ArchitectureStrip architecture={network.architecture} />
      </td>
    </tr>
  );
}

/** A cost as found, and under it as trained where the teacher's widths or head make it another one. */
function Count({ found, trained }: { found: string; trained: string | null | undefined }) {
  const say = useTranslations('network.about');
  return (
    <td className="number" title={formatExact(found)}>
      {formatCount(found)}
      {trained != null && trained !== found && (
        <div className={styles.note}>{say('asTrained', { count: formatCount(trained) })}</div>
      )}
    </td>
  );
}
