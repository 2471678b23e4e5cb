import { availableParallelism, hostname, totalmem } from 'node:os';
import path from 'node:path';
import { artifactPlace, artifactVariables } from '@blockwise/artifacts';
import { engineNames } from '@blockwise/contracts';
import { logLevels } from '@blockwise/telemetry';
import { z } from 'zod';

const whole = z.coerce.number().int();
const daySeconds = 24 * 60 * 60;
const seconds = z.coerce.number().positive();

const variables = {
  /** The state folder also holds `cache/`, which may be deleted while no trainer runs. */
  ...artifactVariables,
  /** Compute threads: so many jobs run at once. */
  SLOTS: whole.min(1).max(256).default(availableParallelism()),
  /** `cpu` is slow: for latency tables of it. */
  ENGINE: z.enum(['auto', ...engineNames]).default('auto'),
  /** Which of several GPUs, from 0: one trainer for each. */
  DEVICE: whole.min(0).optional(),
  /** `true`: webgpu may compute on the processor, for a test of it where there is no GPU. */
  ALLOW_SOFTWARE_GPU: z.stringbool().default(false),
  /** Threads that decode images; unless told so many as slots leave cores, one at least. */
  IMAGE_THREADS: whole.min(1).max(256).optional(),
  /** What decoded images may take in memory; a larger folder is read from its files again and again. */
  IMAGE_MEMORY_MB: whole.min(0).default(defaultImageMegabytes()),
  /** Of the wasm engine in each slot; it never has more than 4 GiB. */
  SLOT_MEMORY_MB: whole.min(64).max(4096).optional(),
  /** Disk for teacher features of all searches; shared by trainers on one state folder. */
  FEATURE_CACHE_GB: z.coerce.number().min(0).default(20),
  TRAINER_NAME: z.string().min(1).max(120).default(hostname()),
  /** A trainer that is silent for this long has lost its jobs. pg-boss accepts no less than 10. */
  HEARTBEAT_SECONDS: seconds.min(10).default(60),
  /** No attempt may last longer; the trainer hands a job back with a checkpoint before. pg-boss allows a day. */
  EXPIRE_SECONDS: seconds.min(60).max(daySeconds).default(daySeconds),
  /** How often somebody looks for lost jobs. */
  MONITOR_SECONDS: seconds.default(30),
  /** How long a job waits for its second attempt after a fault; then 4 and 16 times as long. */
  RETRY_SECONDS: z.coerce.number().min(0).max(3600).default(10),
  /** How often an idle slot asks for a job: 1, or 5 where no notification announces any, as by the API. */
  POLL_SECONDS: seconds.max(60).optional(),
  /** Where `/metrics`, `/healthz` and `/readyz` are served; nowhere unless it is set. */
  METRICS_PORT: whole.min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Whoever has it may read metrics, from anywhere; without it this machine alone may. */
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
};

/** Of a trainer that reaches the platform's database. */
const withDatabase = z
  .object({ DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }), ...variables })
  .transform((env) => ({
    ...settingsOf(env),
    pollSeconds: env.POLL_SECONDS ?? 1,
    databaseUrl: env.DATABASE_URL,
    api: undefined,
  }));

/** Of one that reaches the API alone, with the secret of a token that may TRAIN. */
const withApi = z
  .object({
    API_URL: z.url({ protocol: /^https?$/ }).transform(graphqlUrl),
    API_TOKEN: z.string().min(1),
    ...variables,
  })
  .transform((env) => ({
    ...settingsOf(env),
    pollSeconds: env.POLL_SECONDS ?? 5,
    databaseUrl: undefined,
    api: { url: env.API_URL, token: env.API_TOKEN },
  }));

function settingsOf(env: z.output<z.ZodObject<typeof variables>>) {
  return {
    artifactPlace: artifactPlace(env),
    cacheFolder: path.resolve(env.STATE_FOLDER, 'cache'),
    slots: env.SLOTS,
    engine: env.ENGINE,
    engineOptions: {
      ...(env.SLOT_MEMORY_MB === undefined ? {} : { memoryBytes: env.SLOT_MEMORY_MB * 2 ** 20 }),
      ...(env.DEVICE === undefined ? {} : { device: env.DEVICE }),
      ...(env.ALLOW_SOFTWARE_GPU ? { allowSoftware: true } : {}),
    },
    imageThreads: env.IMAGE_THREADS ?? Math.max(1, availableParallelism() - env.SLOTS),
    imageMemoryBytes: env.IMAGE_MEMORY_MB * 2 ** 20,
    featureCacheBytes: env.FEATURE_CACHE_GB * 1e9,
    trainerName: env.TRAINER_NAME,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    expireSeconds: env.EXPIRE_SECONDS,
    monitorSeconds: env.MONITOR_SECONDS,
    retrySeconds: env.RETRY_SECONDS,
    probes:
      env.METRICS_PORT === undefined
        ? undefined
        : { port: env.METRICS_PORT, host: env.METRICS_HOST, token: env.METRICS_TOKEN },
    logLevel: env.LOG_LEVEL,
  };
}

/** Address of the GraphQL endpoint, for whoever gives that of the server. */
function graphqlUrl(given: string): string {
  const url = new URL(given);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}

/** A quarter of what this process may have, 8 GiB at most. */
function defaultImageMegabytes(): number {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(8 * 2 ** 30, Math.min(limit, totalmem()) / 4) / 2 ** 20);
}

export type TrainerEnv = z.output<typeof withDatabase> | z.output<typeof withApi>;

/**
 * Reads the trainer's configuration once.
 *
 * @throws Error naming every variable that is missing or wrong
 */
export function readEnv(env: NodeJS.ProcessEnv): TrainerEnv {
  // A variable that is set to nothing, as compose files do, counts as not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const isApart = set.API_URL !== undefined || set.API_TOKEN !== undefined;
  const parsed = (isApart ? withApi : withDatabase).safeParse(set);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return set[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
  });
  throw new Error(`The trainer cannot start. ${wrong.join('; ')}.`);
}
