import { parentPort } from 'node:worker_threads';
import { DomainError } from '@blockwise/contracts';
import { type Answered, type Asked, operations } from './operations.ts';

if (parentPort === null) throw new Error('this file is the body of a thread');
const port = parentPort;

port.on('message', ({ id, name, args }: Asked) => {
  // The other side typed name and arguments together.
  const run = operations[name] as (...values: readonly unknown[]) => unknown;
  port.postMessage(answer(id, () => run(...args)));
});

function answer(id: number, run: () => unknown): Answered {
  try {
    return { id, result: run() };
  } catch (error) {
    if (error instanceof DomainError) {
      const { code, message, path, nearest } = error;
      return { id, refusal: { code, message, path, nearest } };
    }
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
