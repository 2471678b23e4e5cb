import { latencySpec } from '@blockwise/contracts';
import { type LatencyTableRow, requestLatency } from '@blockwise/db';
import type { Context } from '../context.ts';
import { checkedKey } from '../idempotency-key.ts';
import { readInput } from '../schema-form.ts';

interface LatencyAsked {
  readonly latency?: unknown;
  readonly idempotencyKey?: string | null | undefined;
}

/** Has the latencies of a search's space measured. */
export async function measureLatency(
  searchId: string,
  asked: LatencyAsked,
  { database, queue }: Context,
): Promise<LatencyTableRow> {
  const idempotencyKey = checkedKey(asked.idempotencyKey);
  const spec = readInput(latencySpec, asked.latency ?? {}, {
    code: 'BAD_INPUT',
    path: ['latency'],
  });
  return requestLatency(database, queue, { searchId, spec, idempotencyKey });
}
