import { fork, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Of what a process that crashed has printed, so much of its end is the reason. */
const reasonLength = 500;

/**
 * Asks a program that answers one message, in a process of its own: neither a crash in a driver nor
 * tfjs's global state reaches the caller. The process is gone when this settles.
 *
 * @throws Error that says why there is no answer
 */
export async function askProcess<Answer>(
  program: URL,
  request: Serializable,
  limitSeconds: number,
): Promise<Answer> {
  const child = fork(fileURLToPath(program), {
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
  try {
    child.send(request);
    return await new Promise<Answer>((resolve, reject) => {
      child.once('message', (answer) => resolve(answer as Answer));
      child.once('error', reject);
      child.once('close', (status, signal) => {
        const end =
          said.trim().slice(-reasonLength) || `Its process ended with ${status ?? signal}.`;
        reject(new Error(slow ? `It did not answer within ${limitSeconds} s.` : end));
      });
    });
  } finally {
    clearTimeout(limit);
    // It has said all: a driver may hang in its clean-up, and hold the GPU and our channel to it.
    child.kill('SIGKILL');
  }
}
