import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** How many checks or tests of a step ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const passedOnce: Tally = { passed: 1, failed: 0, skipped: 0 };
export const failedOnce: Tally = { passed: 0, failed: 1, skipped: 0 };

export interface Finding {
  readonly tally: Tally;
  /** Shown under the step: why it failed, or what was skipped and how to have it. */
  readonly text: string;
}

export interface Step {
  readonly name: string;
  readonly run: () => Promise<Finding>;
}

export interface Outcome {
  readonly code: number;
  readonly log: string;
}

const running = new Set<number>();

/** Runs a program of node_modules/.bin, or a file, to its end; in a group of its own. */
export function runTool(file: string, args: readonly string[], cwd = root): Promise<Outcome> {
  return new Promise((resolve) => {
    const bin = path.join(root, 'node_modules/.bin');
    const child = spawn(file, args, {
      cwd,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1', PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    });
    const leader = child.pid;
    if (leader !== undefined) running.add(leader);
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    }
    child.once('error', (error) => resolve({ code: 1, log: String(error) }));
    child.once('close', (code) => {
      if (leader !== undefined) running.delete(leader);
      resolve({ code: code ?? 1, log });
    });
  });
}

/** Ends every tool that still runs; it and what it started get the signal once. */
export function stopTools(): void {
  for (const leader of running) process.kill(process.platform === 'win32' ? leader : -leader);
  running.clear();
}

/** A step that is one tool with one verdict. */
export function toolStep(name: string, file: string, args: readonly string[]): Step {
  return {
    name,
    async run() {
      const { code, log } = await runTool(file, args);
      return { tally: code === 0 ? passedOnce : failedOnce, text: code === 0 ? '' : log };
    },
  };
}

/** A step that fails with the sentences it finds. */
export function findingStep(name: string, find: () => Promise<readonly string[]>): Step {
  return {
    name,
    async run() {
      const found = await find();
      return { tally: found.length === 0 ? passedOnce : failedOnce, text: found.join('\n') };
    },
  };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (pick: (tally: Tally) => number) =>
    tallies.reduce((total, tally) => total + pick(tally), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
  };
}
