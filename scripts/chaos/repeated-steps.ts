import { type Database, type EventRow, jobsOf, readEvents } from '../../packages/db/src/index.ts';

/** Work that was done again because an attempt got lost. */
export interface Repetition {
  readonly jobId: string;
  readonly kind: string;
  /** Of the attempt that went on. */
  readonly attempt: number;
  /** Steps whose points were stored already, and were measured anew. */
  readonly steps: number;
}

const pageSize = 5000;

/**
 * Looks through everything that was told of a search: where a later attempt began before the last
 * step that an earlier one had told of, the steps between were repeated.
 */
export async function repetitionsOf(db: Database, searchId: string): Promise<Repetition[]> {
  const kinds = new Map((await jobsOf(db, searchId)).map(({ id, kind }) => [id, kind]));
  const lastSteps = new Map<string, number>();
  const attempts = new Map<string, number>();
  const found: Repetition[] = [];
  for await (const { event } of allEvents(db, searchId)) {
    if (event.kind === 'JOB_CHANGED') attempts.set(event.jobId, event.attempt);
    if (event.kind !== 'CURVE_POINTS') continue;
    const { jobId, key, steps } = event;
    const curve = `${jobId} ${key}`;
    const first = steps[0] ?? 0;
    const last = lastSteps.get(curve) ?? 0;
    if (first <= last) {
      found.push({
        jobId,
        kind: kinds.get(jobId) ?? '',
        attempt: attempts.get(jobId) ?? 0,
        steps: last - first + 1,
      });
    }
    lastSteps.set(curve, steps.at(-1) ?? last);
  }
  return found;
}

async function* allEvents(db: Database, searchId: string): AsyncGenerator<EventRow> {
  let after = 0;
  for (;;) {
    const page = await readEvents(db, searchId, after, pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.cursor ?? after;
  }
}
