import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { heartbeatSeconds, type TestPlatform } from './platform.ts';

/** A real trainer process. */
export interface TrainerProcess {
  kill(signal: NodeJS.Signals): void;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Messages of its log so far. */
  readonly messages: readonly string[];
}

/** Starts `main.ts` with one slot on a platform; resolves when it is ready for jobs. */
export function startProcess({ env, stateFolder }: TestPlatform): Promise<TrainerProcess> {
  return startProcessWith({ DATABASE_URL: env.databaseUrl, STATE_FOLDER: stateFolder });
}

/** As {@link startProcess}, with other variables. */
export async function startProcessWith(
  variables: Readonly<Record<string, string>>,
): Promise<TrainerProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', 'main.ts')], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SLOTS: '1',
      HEARTBEAT_SECONDS: String(heartbeatSeconds),
      MONITOR_SECONDS: '1',
      RETRY_SECONDS: '0',
      ...variables,
    },
  });
  const ended = once(child, 'exit').then(([status, signal]) => status ?? signal);
  const messages: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface(child.stderr).on('line', (line) => {
      messages.push(line.startsWith('{') ? JSON.parse(line).msg : line);
      if (messages.at(-1) === 'trainer is ready') resolve();
    });
  });
  await Promise.race([
    ready,
    ended.then((status) => {
      throw new Error(`the trainer ended with ${status}:\n${messages.join('\n')}`);
    }),
  ]);
  return { kill: (signal) => child.kill(signal), ended, messages };
}
