import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import type { Machine } from './report.ts';

const run = promisify(execFile);

/** The load of the last minute; Windows has none and says 0. */
export function loadNow(): number {
  return os.loadavg()[0] ?? 0;
}

/** Whether other things ran on the machine before: wall times are then longer than they should be. */
export function wasBusy({ loadBefore, cores }: Pick<Machine, 'loadBefore' | 'cores'>): boolean {
  return loadBefore > cores / 2;
}

/** What this runs on. */
export function describeMachine(loadBefore: number): Machine {
  const [processor] = os.cpus();
  return {
    processor: processor?.model.trim() ?? os.arch(),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}, ${os.arch()}`,
    node: process.versions.node,
    loadBefore,
    loadAfter: loadNow(),
  };
}

/** Which state of the sources is measured; no commit outside of a checkout, or without git. */
export async function describeCommit(
  folder: string,
): Promise<{ commit: string | null; changed: boolean }> {
  try {
    const commit = (await run('git', ['rev-parse', 'HEAD'], { cwd: folder })).stdout.trim();
    const status = await run('git', ['status', '--porcelain'], { cwd: folder });
    return { commit, changed: status.stdout.trim() !== '' };
  } catch {
    return { commit: null, changed: false };
  }
}
