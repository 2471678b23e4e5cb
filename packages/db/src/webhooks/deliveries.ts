import { DomainError, type WebhookEvent } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf } from '../keys.ts';
import { ownedList } from '../owned-list.ts';
import { isUuid } from '../uuid.ts';
import { toDeliveryRow } from './from-rows.ts';
import type { DeliveryRow, DeliveryState } from './rows.ts';

export interface DeliveryFilter {
  readonly state?: DeliveryState | null | undefined;
  readonly event?: WebhookEvent | null | undefined;
}

export type DeliveryOrderField = 'CREATED_AT' | 'LAST_ATTEMPT_AT';

/** Logs of webhooks, newest first if nothing else is asked for. */
export const deliveriesOfWebhooks = ownedList<DeliveryRow, DeliveryFilter, DeliveryOrderField>({
  name: 'deliveries',
  from: Prisma.sql`webhook_delivery d`,
  id: Prisma.sql`d.id`,
  owner: Prisma.sql`d.webhook_id`,
  usual: 'CREATED_AT',
  orders: {
    CREATED_AT: { value: Prisma.sql`d.created_at`, type: 'time', direction: 'DESC' },
    LAST_ATTEMPT_AT: {
      ...{ value: Prisma.sql`d.last_attempt_at`, type: 'time', direction: 'DESC' },
      isNullable: true,
    },
  },
  where: ({ state, event } = {}) =>
    allOf([
      state ? Prisma.sql`d.state = ${state}::delivery_state` : null,
      event ? Prisma.sql`d.event = ${event}` : null,
    ]),
  async read(db, ids) {
    const rows = await db.prisma.webhookDelivery.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toDeliveryRow);
  },
  idOf: ({ id }) => id,
});

export async function readDelivery(db: Database, id: string): Promise<DeliveryRow | null> {
  const row = isUuid(id) ? await db.prisma.webhookDelivery.findUnique({ where: { id } }) : null;
  return row === null ? null : toDeliveryRow(row);
}

/**
 * Writes a message that tells nothing, to try the address.
 *
 * @throws DomainError CONFLICT when the webhook is switched off
 */
export async function ping(db: Database, webhookId: string): Promise<DeliveryRow> {
  return db.prisma.$transaction(async (tx) => {
    const webhook = await tx.webhook.findUniqueOrThrow({ where: { id: webhookId } });
    requireActive(webhook);
    const row = await tx.webhookDelivery.create({
      data: { webhookId, event: 'PING', payload: { webhookId } },
    });
    return toDeliveryRow(row);
  });
}

/**
 * Has a message sent once more, with all attempts before it; it keeps its id, so that a receiver
 * knows it again. One that is still to be sent is sent now.
 *
 * @throws DomainError CONFLICT when the webhook is switched off
 */
export async function redeliver(db: Database, id: string): Promise<DeliveryRow> {
  return db.prisma.$transaction(async (tx) => {
    const { webhook } = await tx.webhookDelivery.findUniqueOrThrow({
      where: { id },
      include: { webhook: true },
    });
    requireActive(webhook);
    const row = await tx.webhookDelivery.update({
      where: { id },
      data: { state: 'PENDING', attempts: 0, deliveredAt: null, nextAttemptAt: new Date() },
    });
    return toDeliveryRow(row);
  });
}

function requireActive({ active }: { readonly active: boolean }): void {
  if (!active) {
    throw new DomainError('CONFLICT', 'The webhook is switched off.');
  }
}
