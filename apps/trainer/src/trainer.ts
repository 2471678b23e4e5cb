import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { DomainError } from '@blockwise/contracts';
import { FeedPool } from '@blockwise/datasets';
import { ComputeThread } from './compute/compute-thread.ts';
import { Doorbell } from './doorbell.ts';
import { engineFor } from './engine-for.ts';
import type { TrainerEnv } from './env.ts';
import { FeatureSets } from './features/feature-sets.ts';
import { FeatureWindows } from './features/feature-windows.ts';
import { removeUnusedFeatures } from './features/remove-unused.ts';
import { FullDisk } from './full-disk.ts';
import { ImageLibrary } from './images/image-library.ts';
import { openSource } from './jobs/open-source.ts';
import type { Logger } from './log.ts';
import { openProbes } from './probes/probes.ts';
import { openTrainerMetrics } from './probes/trainer-metrics.ts';
import { projectVersion } from './project-version.ts';
import { runSlot } from './slot.ts';

/** A trainer at work. */
export interface Trainer {
  /** Suspends what runs (a checkpoint, then the job is queued again), and resolves when all is closed. */
  stop(): Promise<void>;
}

/** How often an idle trainer says that it lives. */
const seenEverySeconds = 15;

/** A trainer whose disk was full takes jobs again when there is so much room. */
const roomBytes = 2 ** 30;

/**
 * Opens everything a trainer needs and lets its slots take jobs.
 *
 * @param onRefused called when the trainer will be given no more jobs: its token is no longer good
 * @throws DomainError before any job is taken: ENGINE_UNAVAILABLE, BAD_INPUT for a device of an engine
 *   that has none, UNAUTHENTICATED or FORBIDDEN for a token that is no trainer's
 */
export async function startTrainer(
  env: TrainerEnv,
  log: Logger,
  onRefused: (refusal: DomainError) => void = () => {},
): Promise<Trainer> {
  // Each slot is a thread, and all share the pool of the other threads: together so many as cores.
  const stepThreads = Math.max(1, availableParallelism() - env.slots + 1);
  const engineOptions = { threads: stepThreads, ...env.engineOptions };
  const settings = {
    engine: await engineFor(env.engine, engineOptions, log),
    engineOptions,
  };
  const images = new ImageLibrary(new FeedPool(env.imageThreads), {
    cacheFolder: path.join(env.cacheFolder, 'datasets'),
    memoryBytes: env.imageMemoryBytes,
    onRebuild: (reason) => log.warn({ reason }, 'stored images are made again'),
  });
  const threads = Array.from({ length: env.slots }, () => new ComputeThread(settings, images));
  const closers: (() => Promise<void>)[] = [
    () => images.close(),
    async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  ];
  const closeAll = async () => {
    for (const close of closers.reverse()) await close();
  };
  try {
    const [engine] = await Promise.all(threads.map((thread) => thread.engine()));
    if (!engine) throw new Error('a trainer needs a slot');
    const featureFolder = path.join(env.cacheFolder, 'features');
    await removeUnusedFeatures(featureFolder);
    const windows = new FeatureWindows(featureFolder);
    const features = new FeatureSets(featureFolder, env.featureCacheBytes, windows);
    closers.push(() => windows.close());
    closers.push(() => features.close());
    const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
    const bell = new Doorbell();
    const identity = {
      id: `${env.trainerName}-${randomUUID()}`,
      name: env.trainerName,
      engine: engine.name,
      device: engine.device,
      onGpu: engine.onGpu,
      slots: env.slots,
      versions: { blockwise: projectVersion(), ...engine.versions },
    };
    const metrics = openTrainerMetrics(env.slots);
    closers.push(async () => metrics.close());
    const ending = new AbortController();
    const onWork = () => bell.ring();
    const shutdown = ending.signal;
    const source = await openSource({ env, identity, metrics, log, onWork, shutdown });
    closers.push(() => source.close());
    const { artifactPlace } = env;
    const hasFolder = env.api === undefined && artifactPlace.kind === 'folder';
    const disk = new FullDisk({
      folders: [...(hasFolder ? [artifactPlace.folder] : []), env.cacheFolder],
      roomBytes,
      log,
    });
    await source.introduce({ isDiskFull: false });
    const seen = setInterval(() => {
      source
        .introduce({ isDiskFull: disk.isFull })
        .catch(warn('the trainer could not report itself'));
    }, seenEverySeconds * 1000);
    closers.push(async () => clearInterval(seen));
    const { pollSeconds, expireSeconds } = env;
    if (env.probes !== undefined) {
      const proveReady = () => source.proveReady();
      const probes = await openProbes({ ...env.probes, metrics, proveReady });
      closers.push(() => probes.close());
      log.info({ port: probes.port }, 'metrics are served');
    }
    const parts = { source, features, windows, engine, metrics, log, disk, expireSeconds };
    const slots = threads.map((thread) =>
      runSlot({ ...parts, thread, bell, pollSeconds, shutdown, onRefused }),
    );
    log.info({ slots: env.slots, engine: engine.name, device: engine.device }, 'trainer is ready');
    return {
      async stop() {
        ending.abort();
        bell.ring();
        await Promise.all(slots);
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
