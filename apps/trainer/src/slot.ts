import { DomainError } from '@blockwise/contracts';
import type { ComputeThread } from './compute/compute-thread.ts';
import type { Doorbell } from './doorbell.ts';
import { runAttempt, type TrainerParts } from './run-attempt.ts';

export interface SlotOptions extends TrainerParts {
  readonly thread: ComputeThread;
  /** Rings when there may be a job. */
  readonly bell: Doorbell;
  readonly pollSeconds: number;
  /** Called when the trainer will never be given a job again. */
  readonly onRefused: (refusal: DomainError) => void;
}

/** Between two tries while jobs cannot be had. */
const longestPauseSeconds = 30;

/** Takes one job after the other until the trainer shuts down. */
export async function runSlot(options: SlotOptions): Promise<void> {
  const { source, thread, bell, pollSeconds, shutdown, log, disk, onRefused } = options;
  let pause = pollSeconds;
  while (!shutdown.aborted) {
    const { rings } = bell;
    try {
      const job = (await disk.hasRoom()) ? await source.take() : null;
      pause = pollSeconds;
      if (job) {
        await runAttempt(options, thread, job);
        // What it completed may have made work for the others.
        bell.ring();
        continue;
      }
    } catch (error) {
      if (isRefusal(error)) return onRefused(error);
      // Whoever gives jobs is away, as may be for a while; what was delivered comes again.
      log.warn({ err: error }, 'no job could be taken');
      pause = Math.min(2 * pause, longestPauseSeconds);
    }
    await bell.wait(rings, pause * 1000);
  }
}

/** Whether a trainer is told that it is not, or no more, welcome. */
export function isRefusal(error: unknown): error is DomainError {
  return (
    error instanceof DomainError && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')
  );
}
