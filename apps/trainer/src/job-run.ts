import type { ArtifactStore } from '@blockwise/artifacts';
import { DomainError } from '@blockwise/contracts';
import type { Attempt, Database, FeatureUse } from '@blockwise/db';
import type { Engine } from '@blockwise/engine';
import type { ComputeThread } from './compute/compute-thread.ts';
import { sumOfUses } from './compute/feature-tally.ts';
import type { TaskName, TaskRequest, TaskResult } from './compute/protocol.ts';
import type { ResumePoint } from './compute/resume.ts';
import type { StopSignal } from './compute/stop-signal.ts';
import type { FeatureSets } from './features/feature-sets.ts';
import type { FeatureWindows } from './features/feature-windows.ts';
import { WriteChain } from './write-chain.ts';

export interface JobRunOptions {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly features: FeatureSets;
  readonly windows: FeatureWindows;
  readonly thread: ComputeThread;
  readonly engine: Engine;
  readonly attempt: Attempt;
  readonly stop: StopSignal;
}

/** One attempt at a job on one compute thread: what a handler works with. */
export class JobRun {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly features: FeatureSets;
  readonly engine: Engine;
  readonly attempt: Attempt;
  readonly #thread: ComputeThread;
  readonly #windows: FeatureWindows;
  readonly #stop: StopSignal;
  readonly #endings: (() => Promise<void>)[] = [];
  #use: FeatureUse | null = null;

  constructor(options: JobRunOptions) {
    this.db = options.db;
    this.artifacts = options.artifacts;
    this.features = options.features;
    this.engine = options.engine;
    this.attempt = options.attempt;
    this.#thread = options.thread;
    this.#windows = options.windows;
    this.#stop = options.stop;
  }

  /**
   * Runs a task on the thread and writes down what it says meanwhile: progress, curves, and each
   * checkpoint after the points that lead to it. A refused write stops the task.
   */
  async compute<N extends TaskName>(task: N, request: TaskRequest<N>): Promise<TaskResult<N>> {
    const { attempt, artifacts } = this;
    const writes = new WriteChain(() => this.#stop.request('stop'));
    let progressWaits = false;
    const running = this.#thread.run(task, request, this.#stop, {
      windows: this.#windows.user(),
      onPoints: (columns) => writes.push(() => attempt.appendCurves(columns)),
      onCheckpoint: (step, bytes) =>
        writes.push(async () => {
          await attempt.saveCheckpoint({ ...(await artifacts.put(bytes)), step });
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
          this.#use = this.#use === null ? use : sumOfUses(this.#use, use);
          await attempt.recordFeatures(this.#use);
        }),
      onWarning: (text) => writes.push(() => attempt.message('WARNING', text)),
      onProgress: (progress) => {
        // When the database is slow, the next report says it better than a queue of old ones.
        if (progressWaits) return;
        progressWaits = true;
        writes.push(async () => {
          progressWaits = false;
          await attempt.progress(progress);
        });
      },
    });
    const [outcome] = await Promise.allSettled([running]);
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
   * The state to go on from, after everything that a lost attempt wrote behind it was deleted; null
   * to begin at the beginning. A checkpoint that is gone or damaged costs time, not the job.
   */
  async resumePoint(): Promise<ResumePoint | null> {
    const { attempt, artifacts } = this;
    const { checkpoint } = attempt;
    const bytes = checkpoint && (await artifacts.get(checkpoint.sha256).catch(missingIsNull));
    if (checkpoint && !bytes) {
      const text = `The checkpoint of step ${checkpoint.step} is lost; the job begins again.`;
      await attempt.message('WARNING', text);
    }
    const point = checkpoint && bytes ? { step: checkpoint.step, bytes } : null;
    if (attempt.attempt > 1) await attempt.resumeFrom(point?.step ?? 0);
    return point;
  }
}

function missingIsNull(error: unknown): null {
  if (error instanceof DomainError && error.code === 'ARTIFACT_MISSING') return null;
  throw error;
}
