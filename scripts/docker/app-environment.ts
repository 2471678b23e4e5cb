import { readEnv as readApiEnv } from '../../apps/api/src/env.ts';
import { readEnv as readTrainerEnv } from '../../apps/trainer/src/env.ts';
import { environmentOf, textOf } from './files.ts';

const shared = ['packages/artifacts/src/artifact-place.ts'];

/** Where the variables of an app are declared. */
const declarations = {
  api: ['apps/api/src/env.ts', 'apps/api/src/limits/limit-variables.ts', ...shared],
  trainer: ['apps/trainer/src/env.ts', ...shared],
  web: ['apps/web/src/api/api-url.ts', 'apps/web/src/proxy.ts', 'apps/web/src/server-log.ts'],
};

/** What libraries read by themselves: AWS's client, Node, Next, NVIDIA's container toolkit. */
const librariesOwn = new Set([
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ...['NODE_ENV', 'UV_THREADPOOL_SIZE', 'NEXT_TELEMETRY_DISABLED', 'NVIDIA_DRIVER_CAPABILITIES'],
]);

/** Which program an image runs. */
function appOf(image: string): keyof typeof declarations {
  return image === 'api' || image === 'web' ? image : 'trainer';
}

/** Variables that the program of an image knows nothing of. */
export function unknownVariables(image: string, env: Readonly<Record<string, string>>): string[] {
  const words = new Set(
    declarations[appOf(image)].flatMap((file) => textOf(file).match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []),
  );
  return Object.keys(env).filter((name) => !words.has(name) && !librariesOwn.has(name));
}

/**
 * What the program of an image makes of its own variables and those that it is started with.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function readEnvironment(image: string, env: Readonly<Record<string, string>>) {
  const whole = { ...environmentOf(image), ...env };
  const app = appOf(image);
  if (app === 'api') return readApiEnv(whole);
  if (app === 'trainer') return readTrainerEnv(whole);
  return { url: new URL(whole.API_URL ?? '').href };
}
