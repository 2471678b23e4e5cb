import { DomainError, type Failure, retryOf } from '@blockwise/contracts';
import type { Engine } from '@blockwise/engine';
import { spanned, within } from '@blockwise/telemetry';
import type { ComputeThread } from './compute/compute-thread.ts';
import { StopSignal, TaskStopped } from './compute/stop-signal.ts';
import type { FeatureSets } from './features/feature-sets.ts';
import type { FeatureWindows } from './features/feature-windows.ts';
import { type FullDisk, isDiskFull } from './full-disk.ts';
import { handlers } from './handlers/catalogue.ts';
import { JobRun } from './job-run.ts';
import type { HeldJob, JobSource } from './jobs/job-source.ts';
import type { Logger } from './log.ts';
import type { TrainerMetrics } from './probes/trainer-metrics.ts';

/** What the slots of a trainer share. */
export interface TrainerParts {
  readonly source: JobSource;
  readonly features: FeatureSets;
  readonly windows: FeatureWindows;
  readonly engine: Engine;
  readonly metrics: TrainerMetrics;
  readonly log: Logger;
  readonly disk: FullDisk;
  /** How long an attempt may last. */
  readonly expireSeconds: number;
  /** Aborted when the trainer shuts down. */
  readonly shutdown: AbortSignal;
}

/** Share of an attempt's time after which it hands its job back, checkpointed, to begin another. */
const renewAt = 0.9;

/** Takes a job that the trainer holds to its end; whatever becomes of it is written down or logged. */
export async function runAttempt(
  parts: TrainerParts,
  thread: ComputeThread,
  attempt: HeldJob,
): Promise<void> {
  // What it logs and enqueues belongs to the request that the job comes from.
  const { job, search } = attempt;
  const about = { searchId: search.id, jobId: job.id, attempt: attempt.attempt };
  await within(job, () =>
    spanned(`attempt ${job.kind}`, { kind: 'consumer', attributes: about }, () =>
      workOn(parts, thread, attempt),
    ),
  );
}

async function workOn(parts: TrainerParts, thread: ComputeThread, attempt: HeldJob): Promise<void> {
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
  const watch = watchAttempt(parts, attempt, stop, log);
  const run = new JobRun({ ...parts, artifacts: parts.source.files, thread, attempt, stop });
  try {
    await handlers[job.kind](run);
    log.info(run.featureUse === null ? {} : { features: run.featureUse }, 'attempt complete');
  } catch (error) {
    await endBadly(parts, attempt, stop, error, log);
  } finally {
    await run.close().catch((error: unknown) => log.warn({ err: error }, 'features stay in use'));
    watch.end();
    ended();
    shutdown.removeEventListener('abort', suspend);
  }
}

/** Keeps the job, and stops the work when it was cancelled, paused or given away. */
function watchAttempt(
  { expireSeconds }: TrainerParts,
  { watches }: HeldJob,
  stop: StopSignal,
  log: Logger,
): { end(): void } {
  const timers = [
    ...watches.map(({ what, everyMilliseconds, ask }) =>
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
      }, everyMilliseconds),
    ),
    setTimeout(() => stop.request('suspend'), expireSeconds * 1000 * renewAt),
  ];
  return {
    end() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function endBadly(
  { disk, source }: Pick<TrainerParts, 'disk' | 'source'>,
  attempt: HeldJob,
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
    if (isDiskFull(error)) {
      disk.ranOut();
      const text = 'A trainer ran out of disk; the job is handed back and that trainer takes none.';
      await attempt.message('WARNING', text);
    }
    if (isDiskFull(error) || source.isAway(error)) {
      // Nothing that the job can help.
      await attempt.abandon({ later: true });
      return log.warn({ err: error }, 'attempt handed back');
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
  const { code, message } = error;
  if (code === 'ATTEMPT_STALE' || code === 'CANCELLED') return null;
  const told = code === 'DIVERGED' ? `${message} ${divergedAdvice}` : message;
  return { failure: { code, message: told }, retry: retryOf[code] !== 'NEVER' };
}

/** The seed decides whether a training diverges, so it is not tried again as it is. */
const divergedAdvice =
  'The same again would diverge again: try a lower learning rate or another seed; of a cell, `distil.divergence.retryRate` lets it begin again at a lower rate by itself.';
