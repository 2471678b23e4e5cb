import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isRunning } from './is-running.ts';

/** A launcher in a process of its own. */
export interface Launched {
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Exit status; null after a signal. */
  readonly ended: Promise<number | null>;
  /** The launcher and all that it started, as far as it still runs. */
  readonly processes: () => number[];
}

const markName = 'BLOCKWISE_TEST_MARK';

/** Runs a script with arguments, without a database of ours, in the folder where tests run. */
export function launchScript(script: string, args: readonly string[]): Launched {
  // Whatever is started inherits the environment, whoever its parent has become since.
  const mark = randomUUID();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', NODE_ENV: undefined, [markName]: mark },
    },
  );
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  return {
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    signal: (signal) => child.kill(signal),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      // After its exit: all output has arrived.
      child.once('close', resolve);
    }),
    processes: () => processesWith(`${markName}=${mark}`),
  };
}

/** Processes that have a variable; only Linux shows them. */
function processesWith(variable: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => isRunning(pid) && environment(pid).includes(variable));
}

function environment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return [];
  }
}
