import type { Database } from '../database.ts';
import { toDeliveryRow, toWebhookRow } from './from-rows.ts';
import type { TakenDelivery } from './rows.ts';

export interface TakeDeliveries {
  /** How many at most, all webhooks together. */
  readonly limit: number;
  /** How many at most of one webhook: a slow address does not keep the others waiting. */
  readonly limitPerWebhook: number;
  /** Webhooks that are left out. */
  readonly without: readonly string[];
  /** When others may take them, if the taker is not heard of. Longer than an attempt lasts. */
  readonly leaseSeconds: number;
  /** How long a replaced secret still signs. */
  readonly formerSecretSeconds: number;
}

/**
 * Takes messages that are due; nobody else gets them within the lease. Any number of processes may
 * take at once. A process that dies leaves what it took to the others when the lease has run out:
 * every message is sent at least once, and in the ordinary case once.
 */
export async function takeDeliveries(
  db: Database,
  { limit, limitPerWebhook, without, leaseSeconds, formerSecretSeconds }: TakeDeliveries,
): Promise<TakenDelivery[]> {
  const taken = await db.prisma.$queryRaw<{ id: string }[]>`
    WITH due AS (
      SELECT id, row_number() OVER (PARTITION BY webhook_id ORDER BY next_attempt_at, id) AS place
      FROM webhook_delivery
      WHERE state = 'PENDING' AND next_attempt_at <= now() AND webhook_id <> ALL (${[...without]}::uuid[])
    ), free AS (
      SELECT delivery.id FROM webhook_delivery AS delivery JOIN due ON due.id = delivery.id
      WHERE due.place <= ${limitPerWebhook} AND state = 'PENDING' AND next_attempt_at <= now()
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE OF delivery SKIP LOCKED
    )
    UPDATE webhook_delivery SET attempts = attempts + 1, last_attempt_at = now(),
      next_attempt_at = now() + ${leaseSeconds} * interval '1 second'
    WHERE id IN (SELECT id FROM free) RETURNING id`;
  if (taken.length === 0) {
    return [];
  }
  const rows = await db.prisma.webhookDelivery.findMany({
    where: { id: { in: taken.map(({ id }) => id) } },
    include: { webhook: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ webhook, ...row }) => ({
    ...toDeliveryRow(row),
    webhook: toWebhookRow(webhook),
    sealedSecrets: secretsOf(webhook, formerSecretSeconds),
  }));
}

function secretsOf(
  webhook: { secret: string; formerSecret: string | null; rotatedAt: Date | null },
  formerSecretSeconds: number,
): string[] {
  const { secret, formerSecret, rotatedAt } = webhook;
  const age = Date.now() - (rotatedAt?.getTime() ?? 0);
  return formerSecret === null || age > formerSecretSeconds * 1000
    ? [secret]
    : [secret, formerSecret];
}

/** How an attempt to send a message went. */
export interface DeliveryOutcome {
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  /** Null when it was delivered. */
  readonly error: string | null;
  readonly milliseconds: number;
  /** After a failed attempt: how long to wait before the next one; null to give up. */
  readonly retryInMilliseconds: number | null;
}

/** Writes down how a taken message went, unless it was taken again in the meantime. */
export async function settleDelivery(
  db: Database,
  { id, attempts, webhook: { id: webhookId } }: TakenDelivery,
  { status, error, milliseconds, retryInMilliseconds }: DeliveryOutcome,
): Promise<void> {
  const now = new Date();
  const again = error === null ? null : retryInMilliseconds;
  // Nearly every time it stays as it is, and nothing is written.
  await db.prisma.webhook.updateMany({
    where: { id: webhookId, failingSince: error === null ? { not: null } : null },
    data: { failingSince: error === null ? null : now },
  });
  await db.prisma.webhookDelivery.updateMany({
    where: { id, attempts, state: 'PENDING' },
    data: {
      lastStatus: status,
      lastError: error,
      lastMilliseconds: Math.round(milliseconds),
      ...(error === null ? { state: 'DELIVERED', deliveredAt: now } : {}),
      ...(error !== null && again === null ? { state: 'FAILED' } : {}),
      nextAttemptAt: again === null ? null : new Date(now.getTime() + again),
    },
  });
}

/** Deletes what was settled so many days ago or earlier; answers how many. */
export async function pruneDeliveries(db: Database, days: number): Promise<number> {
  const before = new Date(Date.now() - days * 24 * 3600 * 1000);
  const { count } = await db.prisma.webhookDelivery.deleteMany({
    where: { createdAt: { lt: before }, state: { not: 'PENDING' } },
  });
  return count;
}
