import { setTimeout as pause } from 'node:timers/promises';
import { logTail } from './log-tail.ts';
import type { RunningProcess } from './processes.ts';
import { PartFailure } from './refusal.ts';

const longestStartSeconds = 60;

/**
 * Resolves when the address answers with a good status.
 *
 * @throws PartFailure when the process ends first or never answers
 */
export async function untilHealthy(part: RunningProcess, url: string): Promise<void> {
  const end = performance.now() + longestStartSeconds * 1000;
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  while (!ended && performance.now() < end) {
    if (await answers(url)) return;
    await pause(100);
  }
  const what = ended ? 'ended while it was starting' : `gave no answer at ${url}`;
  throw new PartFailure(`${part.name} ${what}. ${await logTail(part.logFile)}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    // Refused or too slow: not ready yet.
    return false;
  }
}
