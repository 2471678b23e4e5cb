import type { EngineName, JobKind } from '@blockwise/contracts';
import {
  type Attempt,
  beginAttempt,
  type Database,
  nextDelivery,
  type Queue,
  type Taker,
} from '@blockwise/db';

/** A job that a trainer has taken. */
export interface TakenJob {
  readonly attempt: Attempt;
  /** How long the trainer may be silent before the job is given to another. */
  readonly heartbeatSeconds: number;
}

/** The most urgent job of some kinds that a trainer with an engine may take; null when there is none, or it is drained. */
export async function takeJob(
  { database, queue }: { readonly database: Database; readonly queue: Queue },
  kinds: readonly JobKind[],
  engine: EngineName,
  taker: Taker,
): Promise<TakenJob | null> {
  const { trainer } = taker;
  for (;;) {
    const delivery = await nextDelivery(database, queue, { trainer, engine, kinds });
    if (delivery === null) return null;
    const attempt = await beginAttempt(database, queue, delivery, taker);
    if (attempt !== null) return { attempt, heartbeatSeconds: delivery.heartbeatSeconds };
  }
}
