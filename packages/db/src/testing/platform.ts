import type { JobKind } from '@blockwise/contracts';
import type { Reader } from '../accounts/readable.ts';
import type { Attempt } from '../attempt/attempt.ts';
import { beginAttempt } from '../attempt/begin.ts';
import { type Database, openDatabase } from '../database.ts';
import { type Delivery, openQueue, type Queue, type QueueOptions } from '../queue.ts';
import { localTeamId } from '../team.ts';
import type { TrainerIdentity } from '../trainers.ts';
import { createTestDatabase } from './database.ts';

/** Sees everything of the local team. */
export const localReader: Reader = {
  userId: null,
  teamIds: [localTeamId],
  ownedTeamIds: [localTeamId],
};

/** A database of its own with everything a test talks to. */
export interface TestPlatform {
  readonly url: string;
  readonly db: Database;
  readonly queue: Queue;
  /** What background work complained of; empty in a test that went well. */
  readonly errors: unknown[];
  close(): Promise<void>;
}

/** The queue does not look for lost jobs by itself unless asked to. */
export async function openTestPlatform(options: Partial<QueueOptions> = {}): Promise<TestPlatform> {
  const { url, drop } = await createTestDatabase();
  const errors: unknown[] = [];
  const db = await openDatabase({ url, applicationName: 'blockwise test' });
  const queue = await openQueue(url, {
    supervise: false,
    retrySeconds: 0,
    onError: (error) => errors.push(error),
    ...options,
  });
  return {
    url,
    db,
    queue,
    errors,
    async close() {
      await queue.close();
      await db.close();
      await drop();
    },
  };
}

export const testTrainer: TrainerIdentity = {
  id: 'trainer-a',
  name: 'Trainer A',
  engine: 'wasm',
  device: '2 CPU slots',
  onGpu: false,
  versions: { blockwise: '0.1.0', node: '22.23.3' },
};

/** The next delivery of a kind, which has to be there. */
export async function takeDelivery(queue: Queue, kind: JobKind): Promise<Delivery> {
  const delivery = await queue.fetch(kind);
  if (delivery === null) {
    throw new Error(`no ${kind} job is queued`);
  }
  return delivery;
}

/** An attempt at the next job of a kind, which has to be there. */
export async function takeAttempt(
  { db, queue }: Pick<TestPlatform, 'db' | 'queue'>,
  kind: JobKind,
  trainer: TrainerIdentity = testTrainer,
): Promise<Attempt> {
  const attempt = await beginAttempt(db, queue, await takeDelivery(queue, kind), { trainer });
  if (attempt === null) {
    throw new Error(`the delivered ${kind} job needs no work`);
  }
  return attempt;
}
