import {
  type EngineName,
  engineNames,
  type JobKind,
  type JobPayload,
  jobCatalogue,
  jobKinds,
  jobPriority,
  kindsByUrgency,
  parsePayload,
  queueName,
  retryWaitSeconds,
  type SearchPriority,
} from '@blockwise/contracts';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { Prisma } from './generated/client.ts';
import { silentSocket } from './silent-socket.ts';

export interface QueueOptions {
  /** Shown in Postgres' list of connections. */
  readonly applicationName?: string;
  /** A job sent from here is lost when its trainer has not touched it for so long; at least 10. */
  readonly heartbeatSeconds?: number;
  /** How long one attempt at a job sent from here may last, however alive its trainer; at most a day. */
  readonly expireSeconds?: number;
  /** How long a job waits before its second retry is a multiple of this: {@link retryWaitSeconds}. */
  readonly retrySeconds?: number;
  /** How often lost jobs are looked for: a loss is noticed within heartbeat + monitor. */
  readonly monitorSeconds?: number;
  /**
   * Whether this process looks for lost jobs. Every process may: the queues' rows say when the last
   * look was, so many lookers don't look more often, and none is the one that must not die.
   */
  readonly supervise?: boolean;
  /** Connections at most. */
  readonly poolSize?: number;
  /** Hears the faults of background work and of malformed payloads. */
  readonly onError: (error: unknown) => void;
}

/** One delivery of a job to one trainer. */
export interface Delivery {
  readonly kind: JobKind;
  readonly jobId: string;
  /** The queue's own job, and how often it was delivered before: together they name this delivery. */
  readonly queueJobId: string;
  readonly retryCount: number;
  /** How long the trainer may be silent; it touches the delivery several times within. */
  readonly heartbeatSeconds: number;
}

/** A job to enqueue; `queueJobId` becomes the id of the queue's own job. */
export interface Enqueued {
  readonly queueJobId: string;
  readonly kind: JobKind;
  /** Of its search. */
  readonly priority: SearchPriority;
  readonly payload: JobPayload;
  /** The only engine whose trainers take it; null: any. */
  readonly engine: EngineName | null;
  /** Nobody gets it before so much time has passed. */
  readonly waitSeconds: number;
}

export interface Queue {
  /** How long a job waits that has used so many retries, until it is tried again. */
  waitSecondsAfter(retries: number): number;
  /**
   * Takes the next job of a kind, or null when there is none. Jobs for another engine than the
   * taker's stay for those who have it; without an engine every job may be taken.
   */
  fetch(kind: JobKind, engine?: EngineName): Promise<Delivery | null>;
  /**
   * As {@link fetch}, of several kinds: the job of the search with the highest priority, and among
   * those of equal priority the most urgent kind.
   */
  fetchNext(kinds: readonly JobKind[], engine: EngineName): Promise<Delivery | null>;
  /** Says that the trainer lives. False when the queue has taken the job away from it. */
  touch(delivery: Omit<Delivery, 'heartbeatSeconds'>): Promise<boolean>;
  /** Whether this is still the delivery that counts, seen from inside the transaction. */
  holdsIn(tx: Prisma.TransactionClient, delivery: Delivery): Promise<boolean>;
  /** Drops a delivery that there is nothing to do for. */
  complete(delivery: Delivery): Promise<void>;
  /** Enqueues inside the transaction: a rollback enqueues nothing. */
  sendIn(tx: Prisma.TransactionClient, jobs: readonly Enqueued[]): Promise<void>;
  /** Completes the queue's own job inside the transaction, delivered or not. */
  settleIn(tx: Prisma.TransactionClient, kind: JobKind, queueJobId: string): Promise<void>;
  /** Cancels the queue's own jobs inside the transaction. */
  cancelIn(
    tx: Prisma.TransactionClient,
    kind: JobKind,
    queueJobIds: readonly string[],
  ): Promise<void>;
  /** Moves the queue's own jobs of a search to the place that its priority gives them. */
  prioritiseIn(
    tx: Prisma.TransactionClient,
    searchId: string,
    priority: SearchPriority,
  ): Promise<void>;
  /** Looks for lost jobs now if no look was due elsewhere, beside the regular looks. */
  supervise(): Promise<void>;
  close(): Promise<void>;
}

/** Schema of the queue's own tables. */
export const queueSchema = 'pgboss';
const yearSeconds = 365 * 24 * 3600;

/** Makes the queue's tables and one queue per kind of the job catalogue. Repeating it changes nothing. */
export async function prepareQueues(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  const errors: unknown[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    for (const kind of jobKinds) {
      await boss.createQueue(queueName(kind));
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (errors.length > 0) {
    throw new AggregateError(errors, 'the queue could not be prepared');
  }
}

/**
 * Opens the queue on a migrated database. The caller fetches in its own loop and touches what it
 * holds; training is never done inside a callback of the queue.
 */
export async function openQueue(url: string, options: QueueOptions): Promise<Queue> {
  const heartbeatSeconds = options.heartbeatSeconds ?? 60;
  const expireInSeconds = options.expireSeconds ?? 24 * 3600;
  const monitorSeconds = options.monitorSeconds ?? 30;
  const retrySeconds = options.retrySeconds ?? 10;
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    application_name: options.applicationName ?? 'blockwise queue',
    max: options.poolSize ?? 4,
    // The options go to the pool as they are.
    ...{ stream: silentSocket() },
    migrate: false,
    createSchema: false,
    supervise: options.supervise ?? true,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', options.onError);
  await boss.start();

  const fetch = async (kind: JobKind, engine?: EngineName): Promise<Delivery | null> => {
    const ignoreGroups = engine === undefined ? [] : otherEngines(engine);
    const [job] = await boss.fetch(queueName(kind), { ignoreGroups });
    if (job === undefined) {
      return null;
    }
    try {
      const { jobId } = parsePayload(kind, job.data);
      return {
        kind,
        jobId,
        queueJobId: job.id,
        retryCount: job.retryCount,
        heartbeatSeconds: job.heartbeatSeconds ?? heartbeatSeconds,
      };
    } catch (error) {
      // Nobody can work on it, ever; delivering it again would only keep trainers busy.
      await boss.cancel(queueName(kind), job.id);
      options.onError(error);
      return null;
    }
  };

  return {
    waitSecondsAfter: (retries) => retryWaitSeconds(retrySeconds, retries),
    fetch,
    async fetchNext(kinds, engine) {
      for (const kind of await waitingKinds(boss, kinds, engine)) {
        // Another may have taken what was seen; then the next best is good enough.
        const delivery = await fetch(kind, engine);
        if (delivery !== null) {
          return delivery;
        }
      }
      return null;
    },
    async touch(delivery) {
      const response = await boss.touch(queueName(delivery.kind), claim(delivery));
      return 'affected' in response && response.affected === 1;
    },
    async holdsIn(tx, { kind, queueJobId, retryCount }) {
      const held = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = ${queueName(kind)} AND id = ${queueJobId}::uuid
          AND state = 'active' AND retry_count = ${retryCount}`;
      return held.length > 0;
    },
    async complete(delivery) {
      await boss.complete(queueName(delivery.kind), claim(delivery));
    },
    async sendIn(tx, jobs) {
      for (const kind of jobKinds) {
        const ofKind = jobs.filter((job) => job.kind === kind);
        if (ofKind.length === 0) {
          continue;
        }
        const { retryLimit } = jobCatalogue[kind];
        await boss.insert(
          queueName(kind),
          ofKind.map(({ queueJobId, priority, payload, engine, waitSeconds }) => ({
            id: queueJobId,
            ...(engine === null ? {} : { group: { id: engine } }),
            data: parsePayload(kind, payload),
            ...(waitSeconds > 0 ? { startAfter: waitSeconds } : {}),
            priority: jobPriority(kind, priority),
            retryLimit,
            heartbeatSeconds,
            expireInSeconds,
            // It waits for a trainer as long as it must.
            retentionSeconds: yearSeconds,
          })),
          { db: fromPrisma(tx) },
        );
      }
    },
    async settleIn(tx, kind, queueJobId) {
      const options = { db: fromPrisma(tx), includeQueued: true };
      await boss.complete(queueName(kind), queueJobId, null, options);
    },
    async cancelIn(tx, kind, queueJobIds) {
      if (queueJobIds.length > 0) {
        await boss.cancel(queueName(kind), [...queueJobIds], { db: fromPrisma(tx) });
      }
    },
    async prioritiseIn(tx, searchId, priority) {
      const places = JSON.stringify(
        jobKinds.map((kind) => ({ kind, place: jobPriority(kind, priority) })),
      );
      await tx.$executeRaw`
        UPDATE pgboss.job AS queued SET priority = of.place
        FROM job JOIN jsonb_to_recordset(${places}::jsonb) AS of (kind text, place int)
          ON of.kind = job.kind::text
        WHERE job.search_id = ${searchId}::uuid AND job.state IN ('QUEUED', 'RUNNING')
          AND queued.name = 'search.' || job.kind::text AND queued.id = job.queue_job_id`;
    },
    supervise: () => boss.supervise(),
    close: () => boss.stop({ graceful: false }),
  };
}

/** Kinds that a trainer with the engine finds a job of, the one whose job goes first ahead. */
async function waitingKinds(
  boss: PgBoss,
  kinds: readonly JobKind[],
  engine: EngineName,
): Promise<JobKind[]> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT queue.name, first.priority
     FROM unnest($1::text[]) AS queue (name), LATERAL (
       SELECT priority FROM ${queueSchema}.job
       WHERE job.name = queue.name AND state < 'active' AND NOT blocked
         AND start_after <= now() AND (group_id IS NULL OR group_id <> ALL($2::text[]))
       ORDER BY priority DESC, created_on LIMIT 1
     ) AS first`,
    [kinds.map(queueName), otherEngines(engine)],
  );
  const places = new Map<string, number>(rows.map(({ name, priority }) => [name, priority]));
  const placeOf = (kind: JobKind): number => places.get(queueName(kind)) ?? Number.NaN;
  return kindsByUrgency
    .filter((kind) => places.has(queueName(kind)))
    .sort((a, b) => placeOf(b) - placeOf(a));
}

/** A job for one engine is in the queue's group of that name. */
function otherEngines(engine: EngineName): string[] {
  return engineNames.filter((name) => name !== engine);
}

/** The queue's fence: a delivery that was taken away can settle nothing. */
function claim({ queueJobId, retryCount }: Omit<Delivery, 'heartbeatSeconds'>): {
  id: string;
  retryCount: number;
} {
  return { id: queueJobId, retryCount };
}
