import type { ArtifactStore } from '@blockwise/artifacts';
import { DomainError, type Failure } from '@blockwise/contracts';
import {
  type Attempt,
  beginAttempt,
  type Database,
  type Delivery,
  type Queue,
  type Standing,
  type TrainerIdentity,
} from '@blockwise/db';
import type { Engine } from '@blockwise/engine';
import { within } from '@blockwise/telemetry';
import type { ComputeThread } from './compute/compute-thread.ts';
import { type StopRequest, StopSignal, TaskStopped } from './compute/stop-signal.ts';
import type { FeatureSets } from './features/feature-sets.ts';
import type { FeatureWindows } from './features/feature-windows.ts';
import { handlers } from './handlers/catalogue.ts';
import { JobRun } from './job-run.ts';
import type { Logger } from './log.ts';
import type { TrainerMetrics } from './probes/trainer-metrics.ts';

/** What the slots of a trainer share. */
export interface TrainerParts {
  readonly db: Database;
  readonly queue: Queue;
  readonly artifacts: ArtifactStore;
  readonly features: FeatureSets;
  readonly windows: FeatureWindows;
  readonly identity: TrainerIdentity;
  readonly engine: Engine;
  readonly metrics: TrainerMetrics;
  readonly log: Logger;
  /** How long an attempt may last. */
  readonly expireSeconds: number;
  /** Aborted when the trainer shuts down. */
  readonly shutdown: AbortSignal;
}

/** Share of an attempt's time after which it hands its job back, checkpointed, to begin another. */
const renewAt = 0.9;

/** How often an attempt asks whether it was cancelled or paused, beside what its own writes are told. */
const standingMilliseconds = 1000;

/** Takes a delivered job through one attempt; whatever becomes of it is written down or logged. */
export async function runAttempt(
  parts: TrainerParts,
  thread: ComputeThread,
  delivery: Delivery,
): Promise<void> {
  const { db, queue, identity } = parts;
  const attempt = await beginAttempt(db, queue, delivery, { trainer: identity });
  if (!attempt) return;
  // What it logs and enqueues belongs to the request that the job comes from.
  const { requestId } = attempt.job;
  await within({ requestId }, () => workOn(parts, thread, delivery, attempt));
}

async function workOn(
  parts: TrainerParts,
  thread: ComputeThread,
  delivery: Delivery,
  attempt: Attempt,
): Promise<void> {
  const { shutdown, metrics } = parts;
  const { job, search } = attempt;
  const log = parts.log.child({
    searchId: search.id,
    jobId: job.id,
    kind: job.kind,
    attempt: attempt.attempt,
  });
  log.info('attempt begins');
  const ended = metrics.attempt();
  const stop = new StopSignal();
  const suspend = () => stop.request('suspend');
  if (shutdown.aborted) suspend();
  shutdown.addEventListener('abort', suspend);
  const watch = watchAttempt(parts, attempt, delivery, stop, log);
  const run = new JobRun({ ...parts, thread, attempt, stop });
  try {
    await handlers[job.kind](run);
    log.info(run.featureUse === null ? {} : { features: run.featureUse }, 'attempt complete');
  } catch (error) {
    await endBadly(attempt, stop, error, log);
  } finally {
    await run.close().catch((error: unknown) => log.warn({ err: error }, 'features stay in use'));
    watch.end();
    ended();
    shutdown.removeEventListener('abort', suspend);
  }
}

/** Keeps the queue's job alive, and stops the work when it was cancelled, paused or given away. */
function watchAttempt(
  { queue, expireSeconds }: TrainerParts,
  attempt: Attempt,
  delivery: Delivery,
  stop: StopSignal,
  log: Logger,
): { end(): void } {
  // Two beats may get lost before the trainer counts as lost.
  const beatMilliseconds = (delivery.heartbeatSeconds * 1000) / 3;
  const every = (milliseconds: number, ask: () => Promise<StopRequest | null>, what: string) =>
    setInterval(() => {
      ask().then(
        (request) => {
          if (request) stop.request(request);
        },
        (error: unknown) => {
          if (error instanceof DomainError) stop.request('stop');
          else log.warn({ err: error }, `${what} failed`);
        },
      );
    }, milliseconds);
  const timers = [
    every(
      beatMilliseconds,
      async () => ((await queue.touch(delivery)) ? null : 'stop'),
      'heartbeat',
    ),
    every(
      standingMilliseconds,
      async () => requests[await attempt.standing()],
      'look at the search',
    ),
    setTimeout(() => stop.request('suspend'), expireSeconds * 1000 * renewAt),
  ];
  return {
    end() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** What an attempt is asked to do as it stands. */
const requests: Record<Standing, StopRequest | null> = {
  HELD: null,
  PAUSED: 'suspend',
  CANCELLED: 'stop',
};

async function endBadly(
  attempt: Attempt,
  stop: StopSignal,
  error: unknown,
  log: Logger,
): Promise<void> {
  try {
    if (error instanceof TaskStopped) {
      if (stop.read() === 'stop') return log.info('attempt stopped: cancelled or given away');
      await attempt.abandon();
      return log.info('attempt handed back');
    }
    const end = judge(error);
    if (end === null) return log.info({ reason: String(error) }, 'attempt ended');
    await attempt.fail(end.failure, { retry: end.retry });
    log.error({ err: error, retry: end.retry }, 'attempt failed');
  } catch (refused) {
    if (judge(refused) === null) return log.info({ reason: String(refused) }, 'attempt ended');
    // Nothing is lost: the queue gives the job to another attempt when the heartbeat stays away.
    log.error({ err: error }, 'attempt failed');
    log.warn({ err: refused }, "the attempt's end could not be written");
  }
}

/** What an error means for the job; null when the job is no longer this attempt's. */
function judge(error: unknown): { failure: Failure; retry: boolean } | null {
  if (!(error instanceof DomainError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { code: 'INTERNAL', message }, retry: true };
  }
  const failure = { code: error.code, message: error.message };
  switch (error.code) {
    case 'ATTEMPT_STALE':
    case 'CANCELLED':
      return null;
    case 'ENGINE_UNAVAILABLE':
    case 'INTERNAL':
      // Of this machine or moment; another may do better.
      return { failure, retry: true };
    default:
      // Of the specification, the images, the seed or the memory: the same again would fail the same.
      return { failure, retry: false };
  }
}
