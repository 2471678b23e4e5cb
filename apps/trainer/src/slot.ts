import { jobKinds } from '@blockwise/contracts';
import { nextDelivery } from '@blockwise/db';
import type { ComputeThread } from './compute/compute-thread.ts';
import type { Doorbell } from './doorbell.ts';
import { runAttempt, type TrainerParts } from './run-attempt.ts';

export interface SlotOptions extends TrainerParts {
  readonly thread: ComputeThread;
  /** Rings when there may be a job. */
  readonly bell: Doorbell;
  readonly pollSeconds: number;
}

/** Takes one job after the other until the trainer shuts down. */
export async function runSlot(options: SlotOptions): Promise<void> {
  const { db, queue, identity, engine, thread, bell, pollSeconds, shutdown, log, disk } = options;
  const taker = { trainer: identity, engine: engine.name, kinds: jobKinds };
  while (!shutdown.aborted) {
    const { rings } = bell;
    try {
      const delivery = (await disk.hasRoom()) ? await nextDelivery(db, queue, taker) : null;
      if (delivery) {
        await runAttempt(options, thread, delivery);
        // What it completed may have made work for the others.
        bell.ring();
        continue;
      }
    } catch (error) {
      // The database is away, as it may be for a while; what was delivered comes again.
      log.warn({ err: error }, 'no job could be taken');
    }
    await bell.wait(rings, pollSeconds * 1000);
  }
}
