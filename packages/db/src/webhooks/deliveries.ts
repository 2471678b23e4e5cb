import { DomainError, type WebhookEvent } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';
import { isUuid } from '../uuid.ts';
import { toDeliveryRow } from './from-rows.ts';
import type { DeliveryRow, DeliveryState } from './rows.ts';
import { olderThan } from './webhooks.ts';

export interface DeliveryFilter {
  readonly webhookId: string;
  readonly state?: DeliveryState | null | undefined;
  readonly event?: WebhookEvent | null | undefined;
}

/** A webhook's log, newest first. */
export async function listDeliveries(
  db: Database,
  { first: asked, after: cursor, ...filter }: DeliveryFilter & PageRequest,
): Promise<Page<DeliveryRow>> {
  const first = checkFirst(asked);
  const after = decodeCursor('deliveries', cursor, isTimeKey);
  const rows = await db.prisma.webhookDelivery.findMany({
    where: { ...filtered(filter), ...olderThan(after) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('deliveries', [row.createdAt.toISOString(), row.id]),
    node: toDeliveryRow(row),
  }));
}

export function countDeliveries(db: Database, filter: DeliveryFilter): Promise<number> {
  return db.prisma.webhookDelivery.count({ where: filtered(filter) });
}

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

function filtered({ webhookId, state, event }: DeliveryFilter) {
  return { webhookId, ...(state ? { state } : {}), ...(event ? { event } : {}) };
}
