import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookMilliseconds = 1000;

/**
 * Ends us by SIGTERM when npm, or a shell between it and us, has ended: npm hands a SIGTERM on to its
 * shell only, which ends without telling anybody, and after a SIGKILL nobody is told at all.
 */
export function endWithNpm() {
  const chain = chainToNpm();
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    if (chain.every(isAlive)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, lookMilliseconds);
  timer.unref();
}

/** Our parent, its parent, … up to npm; empty when no npm runs us. */
function chainToNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return [];
  const chain = [];
  for (let pid = process.ppid; pid > 1 && chain.length < 5; ) {
    chain.push(pid);
    const found = describe(pid);
    if (found === undefined) return [];
    if (/^npm\b/.test(found.name)) return chain;
    pid = found.parent;
  }
  return [];
}

/**
 * Name and parent of a process.
 *
 * @param {number} pid
 */
function describe(pid) {
  try {
    if (process.platform === 'linux') {
      // "4242 (npm start) S 4200 …"; a name may hold brackets itself.
      const [, name = '', parent] =
        /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return { name, parent: Number(parent) };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, name = ''] = /^\s*(\d+)\s+(.*)/.exec(line) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    // It ended while we looked: nothing is known then, and nothing is watched.
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
