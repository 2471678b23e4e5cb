import { ClientError } from '@blockwise/client';
import { readStartFlags, startHelp } from './flags.mjs';
import { PartFailure, Refusal } from './refusal.ts';
import { run } from './run.ts';
import { stopWish } from './stop-signals.ts';

process.exitCode = await main(process.argv.slice(2));
// Whatever still holds the event loop open is no longer wanted: all processes have ended.
process.exit();

async function main(args: string[]): Promise<number> {
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
    return await Promise.race([run(flags, running), stopped]);
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
