import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface PartPlan {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** As a supervisor waits before it starts a process again. */
const pauseMilliseconds = 500;

/** A process of the platform that is started again whenever it ends, until it is closed. */
export class Part {
  readonly name: string;
  readonly #plan: PartPlan;
  readonly #log: WriteStream;
  readonly #running: Promise<void>;
  #child: ChildProcess | undefined;
  #closing = false;

  constructor(plan: PartPlan) {
    this.name = plan.name;
    this.#plan = plan;
    this.#log = createWriteStream(plan.logFile, { flags: 'a' });
    this.#running = this.#run();
  }

  /** Sends a signal to the process that runs now, if one does. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const late = setTimeout(() => this.signal('SIGKILL'), 20_000);
    await this.#running;
    clearTimeout(late);
    this.#log.end();
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      await this.#runOnce();
      if (!this.#closing) await pause(pauseMilliseconds);
    }
  }

  #runOnce(): Promise<void> {
    const { args, cwd, env } = this.#plan;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout?.on('data', (data) => this.#log.write(data));
    child.stderr?.on('data', (data) => this.#log.write(data));
    return new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
  }
}
