import { AsyncLocalStorage } from 'node:async_hooks';
import { DomainError } from '@blockwise/contracts';
import type { FeatureUse } from '@blockwise/db';
import type { Engine } from '@blockwise/engine';
import { spanned, stepSpans } from '@blockwise/telemetry';
import type { ComputeThread } from './compute/compute-thread.ts';
import { sumOfUses } from './compute/feature-tally.ts';
import type { TaskName, TaskRequest, TaskResult } from './compute/protocol.ts';
import { type ResumePoint, UnreadableCheckpoint } from './compute/resume.ts';
import type { StopSignal } from './compute/stop-signal.ts';
import type { FeatureSets } from './features/feature-sets.ts';
import type { FeatureWindows } from './features/feature-windows.ts';
import type { HeldJob, JobFiles } from './jobs/job-source.ts';
import { batchOf } from './probes/batch-of.ts';
import type { TrainerMetrics } from './probes/trainer-metrics.ts';
import { WriteChain } from './write-chain.ts';

export interface JobRunOptions {
  readonly artifacts: JobFiles;
  readonly features: FeatureSets;
  readonly windows: FeatureWindows;
  readonly thread: ComputeThread;
  readonly engine: Engine;
  readonly attempt: HeldJob;
  readonly stop: StopSignal;
  readonly metrics: TrainerMetrics;
}

/** One attempt at a job on one compute thread: what a handler works with. */
export class JobRun {
  readonly artifacts: JobFiles;
  readonly features: FeatureSets;
  readonly engine: Engine;
  readonly attempt: HeldJob;
  readonly #thread: ComputeThread;
  readonly #windows: FeatureWindows;
  readonly #stop: StopSignal;
  readonly #metrics: TrainerMetrics;
  readonly #endings: (() => Promise<void>)[] = [];
  #use: FeatureUse | null = null;

  constructor(options: JobRunOptions) {
    this.artifacts = options.artifacts;
    this.features = options.features;
    this.engine = options.engine;
    this.attempt = options.attempt;
    this.#thread = options.thread;
    this.#windows = options.windows;
    this.#stop = options.stop;
    this.#metrics = options.metrics;
  }

  /**
   * Runs a task on the thread and writes down what it says meanwhile: progress, curves, and each
   * checkpoint after the points that lead to it. A refused write stops the task.
   */
  compute<N extends TaskName>(task: N, request: TaskRequest<N>): Promise<TaskResult<N>> {
    return spanned(task, {}, () => this.#compute(task, request));
  }

  async #compute<N extends TaskName>(task: N, request: TaskRequest<N>): Promise<TaskResult<N>> {
    const { attempt, artifacts } = this;
    const writes = new WriteChain(() => this.#stop.request('stop'));
    const metrics = this.#metrics;
    const { kind } = attempt.job;
    const count = metrics.progress(kind, stepBefore(request), batchOf(attempt));
    // Messages of a thread come out of nowhere; what they make is part of this task.
    const inside = AsyncLocalStorage.snapshot();
    const batches = stepSpans();
    let progressWaits = false;
    const running = this.#thread.run(task, request, this.#stop, {
      windows: this.#windows.user(),
      onPoints: (columns) => writes.push(() => attempt.appendCurves(columns)),
      onCheckpoint: (step, bytes) =>
        inside(writes.push.bind(writes), async () => {
          const began = performance.now();
          await spanned('checkpoint', { attributes: { step, bytes: bytes.byteLength } }, async () =>
            attempt.saveCheckpoint({ ...(await artifacts.put(bytes)), step }),
          );
          metrics.checkpoint(kind, (performance.now() - began) / 1000);
        }),
      onRestart: (reason, bytes) =>
        writes.push(async () => {
          // First: a job that is lost in between is to begin again too.
          await attempt.saveCheckpoint({ ...(await artifacts.put(bytes)), step: 0 });
          await attempt.resumeFrom(0);
          await attempt.message('WARNING', reason);
        }),
      onFeatures: (use) =>
        writes.push(async () => {
          metrics.features('cache', use.hits);
          metrics.features('teacher', use.misses);
          this.#use = this.#use === null ? use : sumOfUses(this.#use, use);
          await attempt.recordFeatures(this.#use);
        }),
      onWarning: (text) => writes.push(() => attempt.message('WARNING', text)),
      onProgress: (progress) => {
        count(progress);
        batches.report(progress.done, progress.total, progress.unit);
        // When writing is slow, the next report says it better than a queue of old ones.
        if (progressWaits) return;
        progressWaits = true;
        writes.push(async () => {
          progressWaits = false;
          await attempt.progress(progress);
        });
      },
    });
    const [outcome] = await Promise.allSettled([running]);
    batches.end();
    // A refused write is the reason why the task stopped, so it is told first.
    await writes.drained();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  /** What the cache of features did for the attempt so far; null while it needed none. */
  get featureUse(): FeatureUse | null {
    return this.#use;
  }

  /** Called when the attempt has ended, however it did. */
  whenEnded(release: () => Promise<void>): void {
    this.#endings.push(release);
  }

  async close(): Promise<void> {
    for (const release of this.#endings.splice(0)) await release();
  }

  /**
   * As {@link compute}, from where an earlier attempt left off, after everything that a lost attempt
   * wrote behind it was deleted. A checkpoint that is gone, damaged or unreadable costs an interval,
   * not the job: the one before it serves, and only then does the job begin again.
   */
  async train<N extends Training>(
    task: N,
    request: Omit<TaskRequest<N>, 'resume'>,
  ): Promise<TaskResult<N>> {
    const { attempt } = this;
    const from = (resume: ResumePoint | null) =>
      this.compute(task, { ...request, resume } as TaskRequest<N>);
    const stored = [attempt.checkpoint, attempt.earlierCheckpoint].filter((one) => one !== null);
    for (const [i, { sha256, step }] of stored.entries()) {
      const bytes = await this.artifacts.get(sha256).catch(missingIsNull);
      let fault = 'is lost';
      if (bytes) {
        await attempt.resumeFrom(step);
        try {
          return await from({ step, bytes });
        } catch (error) {
          if (!(error instanceof UnreadableCheckpoint)) throw error;
          fault = `cannot be read (${error.message})`;
        }
      }
      const before = stored[i + 1];
      const next = before ? `goes on from that of step ${before.step}` : 'begins again';
      await attempt.message('WARNING', `The checkpoint of step ${step} ${fault}; the job ${next}.`);
    }
    if (attempt.attempt > 1) await attempt.resumeFrom(0);
    return await from(null);
  }
}

/** Tasks that save checkpoints. */
type Training = 'teacher' | 'distil' | 'retrain';

/** Steps that are done when a task begins. */
function stepBefore(request: object): number {
  const { resume = null } = request as { readonly resume?: ResumePoint | null };
  return resume?.step ?? 0;
}

function missingIsNull(error: unknown): null {
  if (error instanceof DomainError && error.code === 'ARTIFACT_MISSING') return null;
  throw error;
}
