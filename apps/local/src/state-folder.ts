import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

export interface StateFolder {
  readonly path: string;
  readonly logs: string;
  readonly database: string;
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Stops what the launcher started, should the launcher be killed. */
  readonly guardian: number | undefined;
}

const longestWaitSeconds = 30;

/**
 * Takes the folder that keeps the database, logs and weights, making it if it is missing. When its
 * last holder was killed, waits until that one's processes have been stopped.
 *
 * @param guardian process that outlives us for a moment
 * @throws Refusal when another platform runs on it, or it cannot be written
 */
export async function takeStateFolder(
  folder: string,
  guardian: number | undefined,
): Promise<StateFolder> {
  const logs = path.join(folder, 'logs');
  const lock = path.join(folder, 'holder.json');
  try {
    await mkdir(logs, { recursive: true });
    const before = await readHolder(lock);
    if (before !== undefined) {
      if (await isLauncher(before.pid)) {
        throw new Refusal(
          `${folder} is in use by another npm start (process ${before.pid}); --state takes another folder.`,
        );
      }
      await untilGone(before.guardian);
      await rm(lock, { force: true });
    }
    const file = await open(lock, 'wx');
    await file.close();
    await writeFile(lock, JSON.stringify({ pid: process.pid, guardian } satisfies Holder));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal(`The state folder ${folder} cannot be used: ${(error as Error).message}`);
  }
  return {
    path: folder,
    logs,
    database: path.join(folder, 'database'),
    release: () => rm(lock, { force: true }),
  };
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Empty or cut off: its writer was killed while it wrote.
    return undefined;
  }
}

/** Whether the process lives and is a launcher, not another that got the same number since. */
async function isLauncher(pid: number): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(path.join('local', 'src', 'main.ts'));
}

async function untilGone(pid: number | undefined): Promise<void> {
  const end = performance.now() + longestWaitSeconds * 1000;
  while (pid !== undefined && isAlive(pid) && performance.now() < end) await pause(100);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
