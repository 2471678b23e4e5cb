import { stat, statfs } from 'node:fs/promises';
import {
  countPendingDeliveries,
  type Database,
  phaseSilence,
  queueDepth,
  storedAmounts,
  trainersByEngine,
} from '@blockwise/db';
import { Gauge, type Registry } from 'prom-client';
import { remembered } from './remembered.ts';

/** How old figures of the whole platform may be: several scrapers ask the database once. */
const keptSeconds = 5;
/** Of those for which it reads every artifact's row. */
const amountsKeptSeconds = 300;

export interface PlatformSources {
  readonly database: Database;
  /** Where artifacts lie; null where they lie in no folder. */
  readonly artifactFolder: string | null;
  /** A file that is touched by every backup that has worked. */
  readonly backupMarker: string | undefined;
}

/**
 * What the database knows of the whole platform, read when somebody asks. Every API process tells
 * the same: take the maximum over them. While the database does not answer only
 * `blockwise_database_up` is told.
 */
export function tellPlatform(
  registry: Registry,
  { database, artifactFolder, backupMarker }: PlatformSources,
): void {
  const figures = remembered(keptSeconds, async () => {
    const [depth, silence, trainers, deliveries] = await Promise.all([
      queueDepth(database),
      phaseSilence(database),
      trainersByEngine(database),
      countPendingDeliveries(database),
    ]);
    return { depth, silence, trainers, deliveries };
  });
  const amounts = remembered(amountsKeptSeconds, () => storedAmounts(database));
  const disk = remembered(keptSeconds, async () =>
    artifactFolder === null ? null : await statfs(artifactFolder),
  );

  gauge('blockwise_database_up', 'Whether the database answers, 1 or 0.', [], async (set) =>
    set({}, (await figures()) === null ? 0 : 1),
  );
  gauge(
    'blockwise_queue_jobs',
    'Unfinished jobs, by what they do and whether they wait, run or are paused with their search.',
    ['kind', 'state'],
    async (set) => {
      for (const { phase: kind, waiting, running, paused } of (await figures())?.depth ?? []) {
        set({ kind, state: 'waiting' }, waiting);
        set({ kind, state: 'running' }, running);
        set({ kind, state: 'paused' }, paused);
      }
    },
  );
  gauge(
    'blockwise_queue_longest_wait_seconds',
    'How long the job that waits for a trainer for longest has done so.',
    ['kind'],
    async (set) => {
      for (const { kind, longestWait } of (await figures())?.silence ?? []) {
        if (longestWait !== null) set({ kind }, longestWait);
      }
    },
  );
  gauge(
    'blockwise_job_longest_silence_seconds',
    'How long the job under way that has told nothing for longest has been silent.',
    ['kind'],
    async (set) => {
      for (const { kind, longestSilence } of (await figures())?.silence ?? []) {
        if (longestSilence !== null) set({ kind }, longestSilence);
      }
    },
  );
  gauge(
    'blockwise_trainers',
    'Trainers, by engine and what they do; lost are silent ones of the last day that nobody replaced.',
    ['engine', 'state'],
    async (set) => {
      for (const { engine, busy, idle, draining, lost } of (await figures())?.trainers ?? []) {
        set({ engine, state: 'busy' }, busy);
        set({ engine, state: 'idle' }, idle);
        set({ engine, state: 'draining' }, draining);
        set({ engine, state: 'lost' }, lost);
      }
    },
  );
  gauge(
    'blockwise_slots',
    'Jobs that trainers can have under way at once, by engine; of those that take jobs.',
    ['engine'],
    async (set) => {
      for (const { engine, slots } of (await figures())?.trainers ?? []) set({ engine }, slots);
    },
  );
  gauge(
    'blockwise_slots_busy',
    'Of these slots, those that have a job.',
    ['engine'],
    async (set) => {
      for (const { engine, busySlots } of (await figures())?.trainers ?? []) {
        set({ engine }, busySlots);
      }
    },
  );
  gauge(
    'blockwise_webhook_pending_deliveries',
    'Messages of webhooks that are still to be sent, for the first time or again.',
    [],
    async (set) => {
      const found = await figures();
      if (found !== null) set({}, found.deliveries);
    },
  );
  gauge('blockwise_database_size_bytes', 'Size of the database on disk.', [], async (set) => {
    const found = await amounts();
    if (found !== null) set({}, found.databaseBytes);
  });
  gauge('blockwise_artifacts', 'Stored files, by what they are.', ['kind'], async (set) => {
    for (const { kind, files } of (await amounts())?.artifacts ?? []) set({ kind }, files);
  });
  gauge(
    'blockwise_artifact_size_bytes',
    'Bytes of stored files, by what they are.',
    ['kind'],
    async (set) => {
      for (const { kind, bytes } of (await amounts())?.artifacts ?? []) set({ kind }, bytes);
    },
  );
  gauge(
    'blockwise_artifact_disk_free_bytes',
    'Bytes that may still be written to the disk of the artifacts; absent where they lie in no folder.',
    [],
    async (set) => {
      const found = await disk();
      if (found) set({}, found.bavail * found.bsize);
    },
  );
  gauge(
    'blockwise_artifact_disk_size_bytes',
    'Size of the disk of the artifacts; absent where they lie in no folder.',
    [],
    async (set) => {
      const found = await disk();
      if (found) set({}, found.blocks * found.bsize);
    },
  );

  gauge(
    'blockwise_backup_timestamp_seconds',
    'When the last backup worked, seconds since 1970; absent unless BACKUP_MARKER names its marker.',
    [],
    async (set) => {
      const marker = backupMarker && (await stat(backupMarker).catch(() => null));
      if (marker) set({}, marker.mtimeMs / 1000);
    },
  );

  function gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (
      set: (labels: Partial<Record<Label, string>>, value: number) => void,
    ) => Promise<void>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        // What is gone is not told as it was.
        this.reset();
        await collect((labels, value) => this.set(labels, value));
      },
    });
  }
}
