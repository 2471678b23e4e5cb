import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DistilSpec, FeatureSpec } from '@blockwise/contracts';
import { FeedPool } from '@blockwise/datasets';
import type { FeatureUse } from '@blockwise/db';
import type { EngineOptions } from '@blockwise/engine';
import { ComputeThread, type TaskListener } from '../compute/compute-thread.ts';
import type { TaskName, TaskRequest, TaskResult } from '../compute/protocol.ts';
import type { DataRequest } from '../compute/search-data.ts';
import { StopSignal } from '../compute/stop-signal.ts';
import type { DistilRequest } from '../compute/tasks/distil.ts';
import type { FeaturePasses } from '../compute/teacher-micro-batch.ts';
import type { TeacherRequest } from '../compute/teacher-request.ts';
import { type FeaturePlanOptions, planFeatures } from '../features/feature-plan.ts';
import { FeatureSets } from '../features/feature-sets.ts';
import type { FeatureSource } from '../features/feature-source.ts';
import { FeatureWindows } from '../features/feature-windows.ts';
import { ImageLibrary } from '../images/image-library.ts';
import { tinySpec } from './tiny-search.ts';

/** What a task said. */
export interface Recording {
  readonly points: Map<string, { step: number; value: number }[]>;
  readonly checkpoints: { step: number; bytes: Uint8Array }[];
  readonly restarts: { reason: string; bytes: Uint8Array }[];
  readonly warnings: string[];
  readonly uses: FeatureUse[];
}

/** A compute thread with the tiny search's trained teacher, without database or queue. */
export class TinyCompute {
  readonly spec = tinySpec();
  readonly data: DataRequest;
  readonly images: ImageLibrary;
  readonly thread: ComputeThread;
  readonly windows: FeatureWindows;
  readonly #folder: string;
  #teacher: TeacherRequest | null = null;

  private constructor(folder: string) {
    const { dataset, seed, ratingPerClass, rating } = this.spec;
    this.data = {
      source: dataset,
      seed,
      ratingPerClass,
      calibrationImages: rating.calibrationImages,
      normalisation: 'data',
      expectedHash: null,
    };
    this.#folder = folder;
    const decoding = { cacheFolder: folder, memoryBytes: 2 ** 30 };
    this.images = new ImageLibrary(new FeedPool(1), decoding);
    this.thread = this.newThread();
    this.windows = new FeatureWindows(path.join(folder, 'features'));
  }

  static async open(): Promise<TinyCompute> {
    const compute = new TinyCompute(await mkdtemp(path.join(tmpdir(), 'blockwise-compute-')));
    const { spec, data } = compute;
    if (spec.teacher.kind !== 'train') throw new Error('the tiny search trains its teacher');
    const { dataset, teacher } = await compute.run('teacher', {
      data,
      plan: spec,
      origin: spec.teacher,
      seed: spec.seed,
      onOutOfMemory: 'halve',
      checkpointEverySeconds: 60,
      resume: null,
    });
    const { architecture, cuts, weights } = teacher;
    const known = { classes: dataset.classes.length, imageSize: dataset.size };
    compute.#teacher = {
      kind: 'network',
      ...{ architecture, cuts, weights, sha256: 'tiny' },
      ...known,
    };
    return compute;
  }

  get teacher(): TeacherRequest {
    if (!this.#teacher) throw new Error('the teacher is not trained yet');
    return this.#teacher;
  }

  newThread(engineOptions: EngineOptions = {}): ComputeThread {
    return new ComputeThread({ engine: 'wasm', engineOptions }, this.images);
  }

  run<N extends TaskName>(
    task: N,
    request: TaskRequest<N>,
    {
      listener = this.recorder().listener,
      stop = new StopSignal(),
      thread = this.thread,
    }: { listener?: TaskListener; stop?: StopSignal; thread?: ComputeThread } = {},
  ): Promise<TaskResult<N>> {
    return thread.run(task, request, stop, listener);
  }

  /** Keeps what a task says. */
  recorder(): Recording & { readonly listener: TaskListener } {
    const points: Recording['points'] = new Map();
    const checkpoints: Recording['checkpoints'] = [];
    const restarts: Recording['restarts'] = [];
    const warnings: string[] = [];
    const uses: FeatureUse[] = [];
    const listener: TaskListener = {
      onProgress: () => undefined,
      onPoints: (columns) => {
        for (const { key, steps, values } of columns) {
          const all = points.get(key) ?? [];
          points.set(key, all);
          for (const [i, step] of steps.entries()) {
            all.push({ step, value: values[i] ?? Number.NaN });
          }
        }
      },
      onCheckpoint: (step, bytes) => checkpoints.push({ step, bytes }),
      onRestart: (reason, bytes) => {
        restarts.push({ reason, bytes });
        points.clear();
        checkpoints.length = 0;
      },
      onWarning: (text) => warnings.push(text),
      onFeatures: (use) => uses.push(use),
      windows: this.windows.user(),
    };
    return { points, checkpoints, restarts, warnings, uses, listener };
  }

  /** The features that the training of cells by `distil` reads, stored where the budget allows it. */
  async features(
    distil: DistilSpec = this.spec.distil,
    changes: Partial<FeatureSpec> = {},
  ): Promise<FeatureSource> {
    const { data, teacher, spec, passes } = this;
    const plan = planFeatures({
      spec: { ...spec, distil, features: { ...spec.features, ...changes } },
      engine: await this.thread.engine(),
      teacherSha256: teacher.sha256,
      datasetHash: 'tiny',
      normalisation: 'data',
      cuts: teacher.cuts.slice(1),
      counts: await this.run('countImages', data),
      cacheBytes: 1e9,
    } satisfies FeaturePlanOptions);
    if (plan.kind === 'windows') return plan;
    const draws = { augment: distil.augment, seed: spec.seed };
    const sets = new FeatureSets(path.join(this.#folder, 'features'), 1e9, this.windows);
    const dtype = changes.dtype ?? spec.features.dtype;
    const set = await sets.complete(
      plan,
      dtype,
      (chunk, files) =>
        this.run('featureChunk', {
          ...{ data, teacher, draws, passes, dtype, files },
          ...chunk,
          folder: sets.root,
        }),
      async () => undefined,
    );
    await sets.close();
    if (!set) throw new Error('there is room for tiny features');
    return set.source;
  }

  /** Of its teacher. */
  get passes(): FeaturePasses {
    return { microBatch: this.spec.features.microBatch, onOutOfMemory: 'halve' };
  }

  /** The training of a cell of the second block, from stored features unless told. */
  async distilRequest(
    distil: Partial<DistilSpec> = {},
    changes: Partial<DistilRequest> = {},
  ): Promise<DistilRequest> {
    const { data, teacher } = this;
    const { space, seed } = this.spec;
    const whole = { ...this.spec.distil, ...distil };
    return {
      ...{ data, teacher, space, seed, block: 1, cell: 1, distil: whole, resume: null },
      draws: { augment: whole.augment, seed },
      features: changes.features ?? (await this.features(whole)),
      measure: 'relativeL1',
      onOutOfMemory: 'halve',
      passes: this.passes,
      strategy: whole.strategy,
      earlier: { pools: [], supernets: [] },
      ...changes,
    };
  }

  async close(): Promise<void> {
    await this.thread.close();
    await this.images.close();
    await rm(this.#folder, { recursive: true });
  }
}
