import type { EngineName } from '@blockwise/contracts';
import { askProcess } from './ask-process.ts';
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
  const program = new URL('./self-test-process.ts', import.meta.url);
  const request: SelfTestRequest = { name, options, speed };
  try {
    return await askProcess<SelfTestReport>(program, { ...request }, limitSeconds);
  } catch (error) {
    return unavailable(name, error instanceof Error ? error.message : String(error));
  }
}
