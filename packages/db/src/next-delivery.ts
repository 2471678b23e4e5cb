import type { EngineName, JobKind } from '@blockwise/contracts';
import type { Database } from './database.ts';
import type { Delivery, Queue } from './queue.ts';
import { isDraining, type TrainerIdentity } from './trainers.ts';

export interface NextDelivery {
  readonly trainer: TrainerIdentity;
  /** Of the trainer. */
  readonly engine: EngineName;
  /** What it can do. */
  readonly kinds: readonly JobKind[];
}

/**
 * The most urgent job that a trainer may take. Null when none waits for it, or an operator has the
 * trainer drained: then it finishes what it has and gets nothing more.
 */
export async function nextDelivery(
  db: Database,
  queue: Queue,
  { trainer, engine, kinds }: NextDelivery,
): Promise<Delivery | null> {
  return (await isDraining(db, trainer)) ? null : queue.fetchNext(kinds, engine);
}
