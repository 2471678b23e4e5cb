import { type ArtifactStore, openArtifactStore } from '@blockwise/artifacts';
import {
  type Database,
  openDatabase,
  openQueue,
  proveMigrated,
  type Queue,
  repeat,
  shareSpending,
  watchArtifacts,
  watchLostJobs,
  watchLostTrainers,
} from '@blockwise/db';
import { watchAlerts } from './alerts/watch-alerts.ts';
import type { ApiEnv } from './env.ts';
import {
  type EventHub,
  type LeaderboardHub,
  openEventHub,
  openLeaderboardHub,
  openTrainerHub,
  type TrainerHub,
} from './events/hub.ts';
import { SharedRates } from './limits/shared-rates.ts';
import type { Log } from './log.ts';
import { type ApiMetrics, openApiMetrics } from './metrics/api-metrics.ts';
import { Solver } from './solving/solver.ts';
import { openCourier } from './webhooks/courier.ts';
import { openSecretBox, type SecretBox } from './webhooks/secret-box.ts';

/** What the process holds open besides its port. */
export interface Resources {
  readonly database: Database;
  readonly queue: Queue;
  readonly hub: EventHub;
  readonly leaderboardHub: LeaderboardHub;
  readonly trainerHub: TrainerHub;
  readonly solver: Solver;
  readonly artifacts: ArtifactStore;
  readonly webhooks: WebhookSettings;
  readonly metrics: ApiMetrics;
  readonly rates: SharedRates;
  close(): Promise<void>;
}

/** What operations on webhooks need to know. */
export interface WebhookSettings {
  readonly secrets: SecretBox;
  readonly allowPrivate: boolean;
}

/** How often processes tell each other what was spent of the limits. */
const exchangeSeconds = 1;

/**
 * Opens database, queue and event listener; all or none.
 *
 * @throws Error with one clear line when the database or the store of artifacts cannot be used
 */
export async function openResources(env: Omit<ApiEnv, 'logLevel'>, log: Log): Promise<Resources> {
  const artifacts = await openArtifactStore(env.artifactPlace);
  const opened: { close(): Promise<void> }[] = [];
  const keep = <Resource extends { close(): Promise<void> }>(resource: Resource): Resource => {
    opened.push(resource);
    return resource;
  };
  const close = async (): Promise<void> => {
    for (const resource of opened.splice(0).reverse()) {
      await resource.close();
    }
  };
  try {
    const database = keep(
      await openDatabase({
        url: env.databaseUrl,
        applicationName: 'blockwise api',
        poolSize: env.databasePoolSize,
        statementTimeoutSeconds: env.statementTimeoutSeconds,
      }),
    );
    await proveMigrated(database);
    const artifactFolder = env.artifactPlace.kind === 'folder' ? env.artifactPlace.folder : null;
    const metrics = keep(
      openApiMetrics({ database, artifactFolder, backupMarker: env.backupMarker }),
    );
    const queue = keep(
      await openQueue(env.databaseUrl, {
        applicationName: 'blockwise api queue',
        heartbeatSeconds: env.heartbeatSeconds,
        expireSeconds: env.expireSeconds,
        monitorSeconds: env.monitorSeconds,
        retrySeconds: env.retrySeconds,
        onError: (error) => log.error({ err: error }, 'queue'),
      }),
    );
    const hub = keep(
      await openEventHub(database, env.databaseUrl, (error) => log.warn({ err: error }, 'events')),
    );
    const leaderboardHub = keep(
      await openLeaderboardHub(database, env.databaseUrl, (error) =>
        log.warn({ err: error }, 'events of leaderboards'),
      ),
    );
    const trainerHub = keep(
      await openTrainerHub(database, env.databaseUrl, (error) =>
        log.warn({ err: error }, 'changes of trainers'),
      ),
    );
    keep(
      watchLostJobs(database, queue, {
        everySeconds: env.monitorSeconds,
        onLost: (job) => log.warn(job, 'a job was lost; it is queued again, or has failed'),
        onError: (error) => log.error({ err: error }, 'lost jobs'),
      }),
    );
    if (env.sweepHours > 0) {
      keep(
        watchArtifacts(database, artifacts, {
          everySeconds: env.sweepHours * 3600,
          graceHours: env.sweepGraceHours,
          onSwept: (swept) => log.info(swept, 'files that nothing needs were removed'),
          onError: (error) => log.error({ err: error }, 'files that nothing needs'),
        }),
      );
    }
    keep(
      watchLostTrainers(database, {
        everySeconds: env.monitorSeconds,
        onLost(count) {
          metrics.lostTrainers(count);
          log.warn({ count }, 'trainers fell silent');
        },
        onError: (error) => log.error({ err: error }, 'lost trainers'),
      }),
    );
    keep(
      watchAlerts(database, {
        everySeconds: env.monitorSeconds,
        stalledSeconds: env.stalledSeconds,
        artifactFolder,
        onChange: (change) => log.warn(change, 'alert'),
        onError: (error) => log.error({ err: error }, 'alerts'),
      }),
    );
    const { allowPrivate, retryMilliseconds } = env.webhooks;
    const secrets = openSecretBox(env.secret);
    keep(
      openCourier(database, secrets, {
        allowPrivate,
        retryMilliseconds,
        onAttempt({ outcome, milliseconds, ...told }) {
          metrics.delivery(outcome, milliseconds / 1000);
          log[outcome === 'delivered' ? 'debug' : 'warn'](
            { outcome, milliseconds, ...told },
            'a message of a webhook was sent',
          );
        },
        onError: (error) => log.error({ err: error }, 'webhooks'),
      }),
    );
    const rates = new SharedRates((spent) => shareSpending(database, spent));
    keep(
      repeat(() => rates.exchange(), {
        everySeconds: exchangeSeconds,
        onError: (error) => log.warn({ err: error }, 'limits hold for this process alone'),
      }),
    );
    const solver = keep(new Solver());
    const webhooks = { secrets, allowPrivate };
    const hubs = { hub, leaderboardHub, trainerHub };
    return { database, queue, ...hubs, solver, artifacts, webhooks, metrics, rates, close };
  } catch (error) {
    await close();
    const place = shownUrl(env.databaseUrl);
    throw new Error(`The database at ${place} cannot be used: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** A connection string without its password. */
function shownUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** What the database said, without the call and the advice that its client prints around it. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  const last = lines.at(-1) ?? '';
  return /Message: `(.+)`$/.exec(last)?.[1] ?? last;
}
