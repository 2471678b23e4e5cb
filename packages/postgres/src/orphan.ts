import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * Deals with the lock file of a server whose starter was killed. A server that still runs on the
 * data is stopped. A process that merely got the same number since would make PostgreSQL refuse to
 * start: its lock is removed.
 *
 * @param data the server's data folder
 */
export async function settleOrphan(data: string): Promise<void> {
  const lock = path.join(data, 'postmaster.pid');
  const text = await readFile(lock, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid) || !isAlive(pid)) return;
  if (!(await commandLine(pid)).includes(data)) {
    await rm(lock, { force: true });
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < 100; waited += 1) {
      if (!isAlive(pid)) return;
      await pause(100);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) still runs on ${data} and does not stop.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What the process was started with; empty when it is gone. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.replaceAll('\0', ' ');
  }
  const ps = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }));
  return ps.stdout;
}
