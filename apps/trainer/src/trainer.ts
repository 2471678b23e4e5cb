import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openArtifactStore } from '@blockwise/artifacts';
import { FeedPool } from '@blockwise/datasets';
import {
  listenForEvents,
  openDatabase,
  openQueue,
  proveMigrated,
  proveReady,
  seeTrainer,
  watchLostJobs,
} from '@blockwise/db';
import { ComputeThread } from './compute/compute-thread.ts';
import { Doorbell } from './doorbell.ts';
import { engineFor } from './engine-for.ts';
import type { TrainerEnv } from './env.ts';
import { FeatureSets } from './features/feature-sets.ts';
import { FeatureWindows } from './features/feature-windows.ts';
import { removeUnusedFeatures } from './features/remove-unused.ts';
import { FullDisk } from './full-disk.ts';
import { ImageLibrary } from './images/image-library.ts';
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
 * @throws DomainError ENGINE_UNAVAILABLE, or BAD_INPUT for a device of an engine that has none, before
 *   any job is taken
 */
export async function startTrainer(env: TrainerEnv, log: Logger): Promise<Trainer> {
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
    const artifacts = await openArtifactStore(env.artifactPlace);
    const featureFolder = path.join(env.cacheFolder, 'features');
    await removeUnusedFeatures(featureFolder);
    const windows = new FeatureWindows(featureFolder);
    const features = new FeatureSets(featureFolder, env.featureCacheBytes, windows);
    closers.push(() => windows.close());
    closers.push(() => features.close());
    const applicationName = `blockwise trainer ${env.trainerName}`;
    const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
    const db = await openDatabase({
      url: env.databaseUrl,
      applicationName,
      poolSize: env.slots + 2,
    });
    closers.push(() => db.close());
    await proveMigrated(db);
    const queue = await openQueue(env.databaseUrl, {
      applicationName,
      heartbeatSeconds: env.heartbeatSeconds,
      expireSeconds: env.expireSeconds,
      monitorSeconds: env.monitorSeconds,
      retrySeconds: env.retrySeconds,
      onError: warn('queue fault'),
    });
    closers.push(() => queue.close());
    const bell = new Doorbell();
    const listener = await listenForEvents(env.databaseUrl, () => bell.ring(), {
      onReconnect: () => bell.ring(),
      onError: warn('listening fault'),
    });
    closers.push(() => listener.close());
    const identity = {
      id: `${env.trainerName}-${randomUUID()}`,
      name: env.trainerName,
      engine: engine.name,
      device: engine.device,
      onGpu: engine.onGpu,
      slots: env.slots,
      versions: { blockwise: projectVersion(), ...engine.versions },
    };
    const lostJobs = watchLostJobs(db, queue, {
      everySeconds: env.monitorSeconds,
      onLost: (job) => log.warn(job, 'a job was lost; it is queued again, or has failed'),
      onError: warn('lost jobs could not be looked for'),
    });
    closers.push(() => lostJobs.close());
    await seeTrainer(db, identity);
    const { artifactPlace } = env;
    const artifactFolder = artifactPlace.kind === 'folder' ? [artifactPlace.folder] : [];
    const disk = new FullDisk({
      folders: [...artifactFolder, env.cacheFolder],
      roomBytes,
      log,
    });
    const seen = setInterval(() => {
      seeTrainer(db, { ...identity, isDiskFull: disk.isFull }).catch(
        warn('the trainer could not report itself'),
      );
    }, seenEverySeconds * 1000);
    closers.push(async () => clearInterval(seen));
    const ending = new AbortController();
    const { pollSeconds, expireSeconds } = env;
    const stores = { artifacts, features, windows };
    const metrics = openTrainerMetrics(env.slots);
    metrics.tellPool(db.pool);
    closers.push(async () => metrics.close());
    if (env.probes !== undefined) {
      const probes = await openProbes({ ...env.probes, metrics, proveReady: () => proveReady(db) });
      closers.push(() => probes.close());
      log.info({ port: probes.port }, 'metrics are served');
    }
    const parts = { db, queue, ...stores, identity, engine, metrics, log, disk, expireSeconds };
    const slots = threads.map((thread) =>
      runSlot({ ...parts, thread, bell, pollSeconds, shutdown: ending.signal }),
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
