import { artifactPlace, artifactVariables } from '@blockwise/artifacts';
import { isLoopbackHost, isSafeOrigin } from '@blockwise/contracts';
import { logLevels } from '@blockwise/telemetry';
import { z } from 'zod';
import { limitsOf, limitVariables } from './limits/limit-variables.ts';

const seconds = z.coerce.number().positive();

const variables = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** As the trainers have them: files are downloaded from there. */
    ...artifactVariables,
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    HOST: z.string().default('127.0.0.1'),
    /** Signs cookies, links and what else must come back unaltered. Whoever has it may do everything. */
    API_SECRET: z
      .string()
      .min(32, { message: 'at least 32 characters, and nobody else knows them' }),
    /** Address of the API as browsers reach it, where that is not http://HOST:PORT. */
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/$/, ''))
      .refine(isSafeOrigin, {
        message: 'https://HOST without a path; http only for a loopback address',
      })
      .optional(),
    /** Origins of the dashboard, separated by commas; sign-in links lead to the first. */
    WEB_ORIGIN: z
      .string()
      .default('http://127.0.0.1:3000,http://localhost:3000')
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .refine((origins) => origins.every(isSafeOrigin), {
        message: 'an origin is https://HOST:PORT without a path; http only for a loopback address',
      })
      .transform((origins) => origins as [string, ...string[]]),
    /** Who may make an account: whoever has an invitation, or everybody. */
    SIGN_UP: z.enum(['invited', 'open']).default('invited'),
    /** An OpenID Connect provider to sign in with: all of these, or none. */
    OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default('OpenID Connect'),
    /** As the trainers have them: the queues keep what the last process that opened them said. */
    HEARTBEAT_SECONDS: seconds.default(60),
    EXPIRE_SECONDS: seconds.max(24 * 60 * 60).default(24 * 60 * 60),
    MONITOR_SECONDS: seconds.default(30),
    /** How long a job waits for its second attempt after a fault; then 4 and 16 times as long. */
    RETRY_SECONDS: z.coerce.number().min(0).max(3600).default(10),
    /** How often files that nothing needs are removed; 0: never, but by `npm run sweep`. */
    SWEEP_HOURS: z.coerce.number().min(0).max(500).default(6),
    /** Files are removed so long after they were stored, at the earliest; attempts last a day at most. */
    SWEEP_GRACE_HOURS: z.coerce.number().min(25).max(10_000).default(48),
    /** Of one file that a trainer stores through the API, at most. */
    ARTIFACT_MAX_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(2 ** 31),
    /** Lets webhooks go to this machine and to private networks: for tests and closed laboratories. */
    WEBHOOK_ALLOW_PRIVATE: z.enum(['true', 'false']).default('false'),
    /** Pauses after failed attempts to send a message, on average, separated by commas. */
    WEBHOOK_RETRY_SECONDS: z
      .string()
      .default('10,60,360,2160,12960')
      .transform((text) => text.split(',').map(Number))
      .pipe(z.array(z.number().positive()).max(20)),
    /** A running job that has told nothing for so long is told of as stalled. */
    ALERT_STALLED_SECONDS: seconds.default(900),
    /** How often a subscription looks again who its reader is and what it may see. */
    SUBSCRIPTION_RECHECK_SECONDS: seconds.max(3600).default(10),
    /** How often sockets are pinged; one that has not answered by the next ping is closed. */
    SOCKET_PING_SECONDS: seconds.max(3600).default(12),
    /** Whoever has it may read metrics, from anywhere; without it this machine alone may. */
    METRICS_TOKEN: z.string().min(16).optional(),
    /** A file that the backup touches when it has worked: metrics and alerts tell its age. */
    BACKUP_MARKER: z.string().min(1).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
    ...limitVariables,
    LOG_LEVEL: z.enum(logLevels).default('info'),
  })
  .superRefine((env, { addIssue }) => {
    if (env.PUBLIC_URL === undefined && !isLoopbackHost(env.HOST)) {
      addIssue({
        code: 'custom',
        path: ['PUBLIC_URL'],
        message: 'is needed when HOST is not a loopback address: passwords want https in front',
      });
    }
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const) {
      if (env.OIDC_ISSUER !== undefined && env[name] === undefined) {
        addIssue({ code: 'custom', path: [name], message: 'is needed with OIDC_ISSUER' });
      }
    }
  })
  .transform((env) => ({
    databaseUrl: env.DATABASE_URL,
    artifactPlace: artifactPlace(env),
    port: env.PORT,
    host: env.HOST,
    secret: env.API_SECRET,
    publicUrl: env.PUBLIC_URL,
    webOrigins: env.WEB_ORIGIN,
    signUp: env.SIGN_UP === 'open' ? ('OPEN' as const) : ('INVITED' as const),
    openId:
      env.OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID ?? '',
            clientSecret: env.OIDC_CLIENT_SECRET ?? '',
            name: env.OIDC_NAME,
          },
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    expireSeconds: env.EXPIRE_SECONDS,
    monitorSeconds: env.MONITOR_SECONDS,
    retrySeconds: env.RETRY_SECONDS,
    sweepHours: env.SWEEP_HOURS,
    sweepGraceHours: env.SWEEP_GRACE_HOURS,
    artifactMaxBytes: env.ARTIFACT_MAX_BYTES,
    webhooks: {
      allowPrivate: env.WEBHOOK_ALLOW_PRIVATE === 'true',
      retryMilliseconds: env.WEBHOOK_RETRY_SECONDS.map((pause) => pause * 1000),
    },
    stalledSeconds: env.ALERT_STALLED_SECONDS,
    recheckSeconds: env.SUBSCRIPTION_RECHECK_SECONDS,
    pingSeconds: env.SOCKET_PING_SECONDS,
    metricsToken: env.METRICS_TOKEN,
    backupMarker: env.BACKUP_MARKER,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutSeconds: env.STATEMENT_TIMEOUT_SECONDS,
    limits: limitsOf(env),
    documentsFile: env.PERSISTED_DOCUMENTS,
    logLevel: env.LOG_LEVEL,
  }));

export type ApiEnv = z.output<typeof variables>;

/**
 * Reads the API's configuration once.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function readEnv(env: NodeJS.ProcessEnv): ApiEnv {
  // A variable that is set to nothing, as compose files do, counts as not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(set);
  if (parsed.success) {
    return parsed.data;
  }
  const wrong = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return set[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
  });
  throw new Error(`The API cannot start. ${wrong.join('; ')}.`);
}
