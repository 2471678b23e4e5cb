import { openArtifactStore } from '@blockwise/artifacts';
import { jobKinds } from '@blockwise/contracts';
import {
  type Attempt,
  beginAttempt,
  cellsOf,
  type Database,
  type Delivery,
  exportLineage,
  isUnavailable,
  latencyTablesOf,
  listenForEvents,
  nextDelivery,
  normalisationChoice,
  openDatabase,
  openQueue,
  poolOf,
  proveMigrated,
  proveReady,
  type Queue,
  ratingsOf,
  type Standing,
  seeTrainer,
  type TrainerIdentity,
  teacherOrigin,
  watchLostJobs,
} from '@blockwise/db';
import type { Engine } from '@blockwise/engine';
import type { StopRequest } from '../compute/stop-signal.ts';
import type { TrainerEnv } from '../env.ts';
import type { Logger } from '../log.ts';
import { patientWrites } from '../patient-writes.ts';
import type { TrainerMetrics } from '../probes/trainer-metrics.ts';
import type { HeldJob, JobInputs, JobSource } from './job-source.ts';

export interface SourceOptions {
  readonly env: TrainerEnv;
  readonly identity: TrainerIdentity & { readonly engine: Engine['name'] };
  readonly metrics: TrainerMetrics;
  readonly log: Logger;
  /** Called when there may be a job. */
  readonly onWork: () => void;
  /** Aborted when the trainer shuts down. */
  readonly shutdown: AbortSignal;
}

/** How often an attempt asks whether it was cancelled or paused, beside what its own writes are told. */
const standingMilliseconds = 1000;

/** How long a write waits for a database that is away, before the attempt is given up. */
const databaseAwaySeconds = 300;

/** Jobs from the platform's database, files from the place that its processes share. */
export async function openDatabaseSource(
  databaseUrl: string,
  { env, identity, metrics, log, onWork, shutdown }: SourceOptions,
): Promise<JobSource> {
  const files = await openArtifactStore(env.artifactPlace);
  const applicationName = `blockwise trainer ${env.trainerName}`;
  const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const db = await openDatabase({ url: databaseUrl, applicationName, poolSize: env.slots + 2 });
    closers.push(() => db.close());
    await proveMigrated(db);
    metrics.tellPool(db.pool);
    const queue = await openQueue(databaseUrl, {
      applicationName,
      heartbeatSeconds: env.heartbeatSeconds,
      expireSeconds: env.expireSeconds,
      monitorSeconds: env.monitorSeconds,
      retrySeconds: env.retrySeconds,
      onError: warn('queue fault'),
    });
    closers.push(() => queue.close());
    const listener = await listenForEvents(databaseUrl, onWork, {
      onReconnect: onWork,
      onError: warn('listening fault'),
    });
    closers.push(() => listener.close());
    const lostJobs = watchLostJobs(db, queue, {
      everySeconds: env.monitorSeconds,
      onLost: (job) => log.warn(job, 'a job was lost; it is queued again, or has failed'),
      onError: warn('lost jobs could not be looked for'),
    });
    closers.push(() => lostJobs.close());
    return {
      files,
      introduce: ({ isDiskFull }) => seeTrainer(db, { ...identity, isDiskFull }),
      isAway: isUnavailable,
      async take() {
        const taker = { trainer: identity, engine: identity.engine, kinds: jobKinds };
        for (;;) {
          const delivery = await nextDelivery(db, queue, taker);
          if (!delivery) return null;
          const attempt = await beginAttempt(db, queue, delivery, { trainer: identity });
          if (!attempt) continue;
          const patient = patientWrites(attempt, {
            ...{ forSeconds: databaseAwaySeconds, everySeconds: 1, shutdown },
            onWait: warn('the database is away; the attempt goes on'),
          });
          return heldJob(db, queue, delivery, patient);
        }
      },
      proveReady: () => proveReady(db),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function heldJob(db: Database, queue: Queue, delivery: Delivery, attempt: Attempt): HeldJob {
  return {
    ...attempt,
    inputs: inputsOf(db, attempt),
    watches: [
      {
        what: 'heartbeat',
        // Two beats may get lost before the trainer counts as lost.
        everyMilliseconds: (delivery.heartbeatSeconds * 1000) / 3,
        ask: async () => ((await queue.touch(delivery)) ? null : 'stop'),
      },
      {
        what: 'look at the search',
        everyMilliseconds: standingMilliseconds,
        ask: async () => requests[await attempt.standing()],
      },
    ],
  };
}

/** What an attempt is asked to do as it stands. */
const requests: Record<Standing, StopRequest | null> = {
  HELD: null,
  PAUSED: 'suspend',
  CANCELLED: 'stop',
};

function inputsOf(db: Database, attempt: Attempt): JobInputs {
  const { search, cell } = attempt;
  const { spec } = search;
  return {
    normalisation: () => normalisationChoice(db, spec),
    origin: () => teacherOrigin(db, spec.teacher),
    cells: () => cellsOf(db, search.id),
    pools: () =>
      Promise.all(
        Array.from({ length: cell?.block ?? 0 }, (_, block) =>
          poolOf(db, search.id, block, spec.distil.poolSize),
        ),
      ),
    ratings: () => ratingsOf(db, search.id),
    async latency() {
      const [table] = await latencyTablesOf(db, search.id);
      return table?.measured
        ? { ...table.measured, milliseconds: { ...table.measured.milliseconds } }
        : null;
    },
    async lineage() {
      const lineage = await exportLineage(db, attempt);
      if (lineage === null) throw new Error(`job ${attempt.job.id} exports nothing`);
      return lineage;
    },
  };
}
