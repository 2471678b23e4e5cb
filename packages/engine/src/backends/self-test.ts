import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '@blockwise/contracts';
import type { EngineOptions } from './engine.ts';
import { type SelfTestReport, unavailable } from './self-test-report.ts';
import { isSetUp, setUpCommand } from './set-up.ts';

export interface SelfTestOptions extends EngineOptions {
  /** Whether a step of the bench cell is timed too, which takes seconds; so unless told. */
  readonly speed?: boolean;
  /** After which an engine that has not answered counts as unavailable. */
  readonly limitSeconds?: number;
}

/** What the process of a self-test is told. */
export interface SelfTestRequest {
  readonly name: EngineName;
  readonly options: EngineOptions;
  readonly speed: boolean;
}

/** A driver that hangs must not keep a trainer from starting on another engine. */
const defaultLimitSeconds = 120;

/** Of what a process that crashed has printed, so much of its end is the reason. */
const reasonLength = 500;

/**
 * Opens an engine, compares a training step on it with PyTorch's, and times it: in a process of its
 * own, so that neither a crash in a driver nor tfjs's global state reaches the caller.
 *
 * An engine that cannot be had is a report that says why; nothing is thrown for it.
 */
export async function selfTest(
  name: EngineName,
  { speed = true, limitSeconds = defaultLimitSeconds, ...options }: SelfTestOptions = {},
): Promise<SelfTestReport> {
  if (!isSetUp(name))
    return unavailable(name, `It is not set up: "${setUpCommand(name)}" does it.`);
  const child = fork(fileURLToPath(new URL('./self-test-process.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // JSON has no NaN, and a NaN is what a broken engine finds.
    serialization: 'advanced',
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let slow = false;
  const limit = setTimeout(() => {
    slow = true;
    child.kill('SIGKILL');
  }, limitSeconds * 1000);
  child.send({ name, options, speed } satisfies SelfTestRequest);
  const answer = await new Promise<SelfTestReport | string>((resolve) => {
    child.once('message', (report) => resolve(report as SelfTestReport));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => {
      const end = said.trim().slice(-reasonLength);
      resolve(slow ? `It did not answer within ${limitSeconds} s.` : crash(end, status ?? signal));
    });
  });
  clearTimeout(limit);
  // It has said all: a driver may hang in its clean-up, and hold the GPU and our channel to it.
  child.kill('SIGKILL');
  return typeof answer === 'string' ? unavailable(name, answer) : answer;
}

function crash(said: string, end: number | NodeJS.Signals | null): string {
  return said === '' ? `Its process ended with ${end}.` : said;
}
