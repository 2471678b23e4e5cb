import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that is told what to do and answers line by line. */
export interface LineChild {
  tell(line: string): void;
  /** Its next line. @throws Error when it ends without one */
  next(): Promise<string>;
  /** Ends its input, which ends it. */
  end(): Promise<void>;
}

export function startLineChild(script: string, ...args: readonly string[]): LineChild {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // A process that has ended is noticed by the line that does not come.
  child.stdin.on('error', () => undefined);
  return {
    tell: (line) => void child.stdin.write(`${line}\n`),
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error('A process of the bench ended early.');
      return value;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
