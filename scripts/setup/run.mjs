import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @type {readonly NodeJS.Signals[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const hasGroups = process.platform !== 'win32';

/**
 * Runs one step of the setup quietly. It has a process group of its own and no terminal, so that a
 * Ctrl-C reaches the whole of it exactly once, through us.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<{ ok: boolean, log: string }>} `log` holds everything it printed
 */
export function runQuietly(file, args, { cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nobody is there to answer a question.
      env: { ...process.env, CI: '1', NEXT_TELEMETRY_DISABLED: '1' },
      shell: process.platform === 'win32' && !path.isAbsolute(file),
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
      });
    }
    /** @type {NodeJS.Signals | undefined} */
    let stoppedBy;
    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      if (stoppedBy !== undefined) return;
      stoppedBy = signal;
      if (child.pid === undefined) return;
      if (hasGroups) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    };
    for (const signal of stopSignals) process.on(signal, stop);
    child.on('error', (error) => {
      log += String(error);
      resolve({ ok: false, log });
    });
    child.on('close', (code) => {
      for (const signal of stopSignals) process.off(signal, stop);
      if (stoppedBy !== undefined) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ ok: code === 0, log });
    });
  });
}

/**
 * Runs the command itself on our terminal. Signals are handed on; the command takes the second one
 * of a Ctrl-C, which the terminal sends to both of us, as the same. Should we die, the command sees
 * its channel to us close.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options `env`: beside our own
 * @returns {Promise<number>} its exit status, 128 + n after signal n
 */
export function runMain(file, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const signal of stopSignals) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}
