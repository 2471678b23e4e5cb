import path from 'node:path';
import { z } from 'zod';
import { isLoopbackHost, isLoopbackOrigin } from './loopback.ts';

const seconds = z.coerce.number().positive();

const variables = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Holds `artifacts/`, as the trainers have it: exported files are downloaded from there. */
    STATE_FOLDER: z.string().min(1),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    HOST: z
      .string()
      .refine(isLoopbackHost, {
        message:
          'only a loopback address (127.0.0.1, ::1, localhost) is served while there are no ' +
          'accounts: whoever reaches the API may do everything',
      })
      .default('127.0.0.1'),
    /** Origins of the dashboard, separated by commas. */
    WEB_ORIGIN: z
      .string()
      .default('http://127.0.0.1:3000,http://localhost:3000')
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .refine((origins) => origins.every(isLoopbackOrigin), {
        message:
          'an origin is http://HOST:PORT without a path, and its host a loopback name while there ' +
          'are no accounts',
      }),
    /** As the trainers have them: the queues keep what the last process that opened them said. */
    HEARTBEAT_SECONDS: seconds.default(60),
    EXPIRE_SECONDS: seconds.max(24 * 60 * 60).default(24 * 60 * 60),
    MONITOR_SECONDS: seconds.default(30),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
  })
  .transform((env) => ({
    databaseUrl: env.DATABASE_URL,
    artifactFolder: path.resolve(env.STATE_FOLDER, 'artifacts'),
    port: env.PORT,
    host: env.HOST,
    webOrigins: env.WEB_ORIGIN,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    expireSeconds: env.EXPIRE_SECONDS,
    monitorSeconds: env.MONITOR_SECONDS,
    databasePoolSize: env.DATABASE_POOL_SIZE,
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
