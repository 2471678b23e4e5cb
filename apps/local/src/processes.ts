import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Guard } from './guard.ts';
import { endGroup } from './process-group.ts';

export interface ProcessPlan {
  /** "api"; its log is `<name>.log`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number | undefined;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  /** SIGTERM once to the whole group; SIGKILL to what is left after ten seconds. */
  stop(): Promise<void>;
}

/**
 * Starts a Node process in a group of its own, so that a Ctrl-C of the terminal reaches it only
 * through us, with its output appended to a log.
 */
export function startProcess(plan: ProcessPlan, logFolder: string, guard: Guard): RunningProcess {
  const logFile = path.join(logFolder, `${plan.name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...plan.args], {
    cwd: plan.cwd,
    env: { ...process.env, ...plan.env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const leader = child.pid;
  if (leader !== undefined) guard.started(leader, 'SIGTERM');

  const exited = new Promise<Exit>((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const gone = exited.then(() => {
    if (leader !== undefined) guard.ended(leader);
  });
  let stopping: Promise<void> | undefined;
  return {
    name: plan.name,
    pid: leader,
    logFile,
    exited,
    stop() {
      stopping ??= (leader === undefined ? gone : endGroup(leader, 'SIGTERM')).then(() => gone);
      return stopping;
    },
  };
}
