import { type EngineName, type JobKind, kindsByUrgency } from '@blockwise/contracts';
import { type Attempt, beginAttempt, type Database, type Queue, type Taker } from '@blockwise/db';

/** A job that a trainer has taken. */
export interface TakenJob {
  readonly attempt: Attempt;
  /** How long the trainer may be silent before the job is given to another. */
  readonly heartbeatSeconds: number;
}

/** The most urgent job of some kinds that a trainer with an engine may take; null when there is none. */
export async function takeJob(
  { database, queue }: { readonly database: Database; readonly queue: Queue },
  kinds: readonly JobKind[],
  engine: EngineName,
  taker: Taker,
): Promise<TakenJob | null> {
  for (const kind of kindsByUrgency.filter((each) => kinds.includes(each))) {
    for (;;) {
      const delivery = await queue.fetch(kind, engine);
      if (delivery === null) break;
      const attempt = await beginAttempt(database, queue, delivery, taker);
      if (attempt !== null) return { attempt, heartbeatSeconds: delivery.heartbeatSeconds };
    }
  }
  return null;
}
