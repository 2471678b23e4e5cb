import { ClientError } from '@blockwise/client';
import type { SearchSpec } from '@blockwise/contracts';
import { readStartFlags, type StartFlags, startHelp } from './flags.mjs';
import { PartFailure, Refusal } from './refusal.ts';
import { run } from './run.ts';
import { stopWish } from './stop-signals.ts';

/**
 * `npm start`: reads the flags, runs everything, and stops everything, whatever happened.
 *
 * @param args flags as they were typed
 * @param chooseSpec the search that the flags ask for; may throw a Refusal
 * @returns exit status: 0 for a complete search, 1 for another end or a failure, 2 for something the
 *   person can put right, 128 + n after signal n
 */
export async function launch(
  args: readonly string[],
  chooseSpec: (flags: StartFlags) => Promise<SearchSpec>,
): Promise<number> {
  const flags = readStartFlags(args, process.env.INIT_CWD ?? process.cwd());
  if ('wrong' in flags) {
    console.error(flags.wrong);
    return 2;
  }
  if (flags.help) {
    console.log(startHelp);
    return 0;
  }
  const stops: (() => Promise<void>)[] = [];
  const stopping = new AbortController();
  const stopped = stopWish().then((status) => {
    console.log('Stopping …');
    return status;
  });
  const running = {
    add: (stop: () => Promise<void>) => stops.push(stop),
    stopping: stopping.signal,
  };
  try {
    const finished = chooseSpec(flags).then((spec) => run({ flags, spec }, running));
    return await Promise.race([finished, stopped]);
  } catch (error) {
    console.error(error instanceof Error ? wordsFor(error) : error);
    return error instanceof Refusal ? 2 : 1;
  } finally {
    stopping.abort();
    for (const stop of stops.reverse()) await stop();
  }
}

/** Expected failures speak for themselves; a bug shows where it is. */
function wordsFor(error: Error): string {
  if (error instanceof Refusal || error instanceof PartFailure) return error.message;
  if (error instanceof ClientError) return `${error.code}: ${error.message}${at(error.path)}`;
  return error.stack ?? error.message;
}

function at(path: ClientError['path']): string {
  return path.length === 0 ? '' : ` (${path.join('.')})`;
}
