'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { Grid3x3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { mapsPath } from '../maps/maps-path.ts';
import { useSearch } from '../search/search-frame.tsx';
import { useNames } from '../search/use-names.ts';
import { formatExact, formatLoss, formatShare } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Fact, Facts } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Lasting } from '../ui/times.tsx';
import styles from './cell-head.module.css';

/** What the cell is, how far it is, and who worked on it at which speed. */
export function CellHead({ cell }: { cell: CellDetailFragment }) {
  const say = useTranslations('cell');
  const names = useNames();
  const { search, curves } = useSearch();
  const jobs = search.jobs.filter((job) => job.cell?.id === cell.id);
  const distil = jobs.find((job) => job.kind === 'DISTIL');
  const rate = jobs.find((job) => job.kind === 'RATE');
  const newest = (key: string) => {
    const curve = distil && curves.get(distil.id, key);
    return curve?.values[curve.values.length - 1];
  };
  useSyncExternalStore(
    curves.subscribe,
    () => curves.version,
    () => 0,
  );
  const cuts = search.teacher?.cuts;
  const before = cuts?.[cell.block - 1];
  const after = cuts?.[cell.block];
  const [speed, wait] = [newest('images_per_second'), newest('data_wait')];
  return (
    <section aria-label={names.cell(cell)}>
      <div className={styles.title}>
        <h2>{names.cell(cell)}</h2>
        <StateChip state={cell.state} />
        {cell.best && search.state === 'COMPLETE' && (
          <LinkButton tone="quiet" href={mapsPath(search.id, cell)} icon={<Grid3x3 aria-hidden />}>
            {say('maps')}
          </LinkButton>
        )}
      </div>
      <Facts>
        <Fact
          name={say('shape')}
          note={
            before &&
            after &&
            say('inOut', {
              in: `${before.size}×${before.size}×${before.channels}`,
              out: `${after.size}×${after.size}×${after.channels}`,
            })
          }
        >
          {say('layersBy', { layers: String(cell.layers), channels: String(cell.channels) })}
          {cell.stride > 1 && ` · ${say('stride', { stride: String(cell.stride) })}`}
        </Fact>
        <Fact name={say('paths')} note={say('opsPerLayer', { count: String(cell.ops.length) })}>
          {formatExact(cell.candidateCount)}
        </Fact>
        {cell.best && (
          <Fact name={say('bestRating')} note={<code>{cell.best.path}</code>}>
            {formatLoss(cell.best.loss)}
          </Fact>
        )}
        {cell.trainLoss != null && <Fact name={say('lastLoss')}>{formatLoss(cell.trainLoss)}</Fact>}
        {[distil, rate].map(
          (job) =>
            job && (
              <Fact
                key={job.id}
                name={say(job.kind === 'DISTIL' ? 'distilled' : 'rated')}
                note={
                  <span data-volatile>
                    {job.runs
                      .map(({ attempt, trainer, engine, device }) =>
                        say('run', {
                          attempt: String(attempt),
                          trainer,
                          engine: engine.toLowerCase(),
                          device: device ?? '',
                        }),
                      )
                      .join(' ')}
                  </span>
                }
              >
                <Lasting from={job.startedAt} to={job.finishedAt} />
              </Fact>
            ),
        )}
        {speed !== undefined && (
          <Fact name={say('chart.throughput')}>
            <span data-volatile>{speed.toPrecision(3)}</span>
          </Fact>
        )}
        {wait !== undefined && (
          <Fact name={say('chart.wait')}>
            <span data-volatile>{formatShare(wait)}</span>
          </Fact>
        )}
      </Facts>
      <p className={styles.ops}>
        {cell.ops.map((op) => (
          <code key={op}>{op}</code>
        ))}
      </p>
    </section>
  );
}
