import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Description, Opened, Question, Ran, Refused, Sample } from './protocol.ts';

/** How a process that answers the protocol is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Of what a process has printed before it died, so much of its end is the reason. */
const reasonLength = 300;

/** A process of its own that runs workloads: a crash or a library's state stays in it. */
export class Contender {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #limitSeconds: number;
  #said = '';
  #waiting: ((line: string | Error) => void) | undefined;
  #ended: Error | undefined;

  /** @param limitSeconds for one answer; a process that takes longer is ended */
  constructor({ file, args, env }: Command, limitSeconds: number) {
    this.#limitSeconds = limitSeconds;
    this.#child = spawn(file, args, { env: { ...process.env, ...env } });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-10 * reasonLength);
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#settle(line));
    // A process that is gone takes no questions; its end says more than the broken pipe.
    this.#child.stdin.on('error', () => {});
    this.#child.once('error', (error: NodeJS.ErrnoException) => {
      this.#end(error.code === 'ENOENT' ? new Error(`There is no program ${file}.`) : error);
    });
    this.#child.once('close', (status, signal) => {
      const said = this.#said.trim().slice(-reasonLength);
      this.#end(new Error(said === '' ? `Its process ended with ${status ?? signal}.` : said));
    });
  }

  async describe(): Promise<Description> {
    return await this.#ask<Description>({ ask: 'describe' });
  }

  async open(workload: Omit<Extract<Question, { ask: 'open' }>, 'ask'>): Promise<Opened> {
    return await this.#ask<Opened>({ ask: 'open', ...workload });
  }

  async run(count: number): Promise<readonly Sample[]> {
    return (await this.#ask<Ran>({ ask: 'run', count })).samples;
  }

  /** Lets the process end, or ends it where it does not. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await closed;
    clearTimeout(timer);
  }

  async #ask<Answer>(question: Question): Promise<Answer> {
    if (this.#ended !== undefined) throw this.#ended;
    const seconds = this.#limitSeconds;
    const timer = setTimeout(() => {
      this.#end(new Error(`It did not answer within ${seconds} s.`));
      this.#child.kill('SIGKILL');
    }, 1000 * seconds);
    const line = await new Promise<string | Error>((resolve) => {
      this.#waiting = resolve;
      this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    clearTimeout(timer);
    if (typeof line !== 'string') throw line;
    const answer = JSON.parse(line) as Answer | Refused;
    if (typeof answer === 'object' && answer !== null && 'error' in answer) {
      throw new Error(answer.error);
    }
    return answer;
  }

  #settle(line: string | Error): void {
    this.#waiting?.(line);
    this.#waiting = undefined;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#settle(this.#ended);
  }
}
