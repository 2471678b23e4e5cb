import type { WebhookEvent } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf } from '../keys.ts';
import { ownedList } from '../owned-list.ts';
import { isUuid } from '../uuid.ts';
import { toWebhookRow } from './from-rows.ts';
import type { WebhookRow } from './rows.ts';

export interface NewWebhook {
  /** Chosen by the caller, who may bind the encryption of the secret to it. */
  readonly id: string;
  readonly teamId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Encrypted. */
  readonly sealedSecret: string;
  readonly createdById: string | null;
}

export async function createWebhook(db: Database, webhook: NewWebhook): Promise<WebhookRow> {
  const { sealedSecret, events, ...data } = webhook;
  const row = await db.prisma.webhook.create({
    data: { ...data, events: [...events], secret: sealedSecret },
  });
  return toWebhookRow(row);
}

export interface WebhookChange {
  readonly url?: string | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly active?: boolean | undefined;
}

/** Changes what is given. Switched off, it gives up what was still to be sent; `redeliver` can send it. */
export async function updateWebhook(
  db: Database,
  id: string,
  { url, events, active }: WebhookChange,
): Promise<WebhookRow> {
  return db.prisma.$transaction(async (tx) => {
    const row = await tx.webhook.update({
      where: { id },
      data: {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events: [...events] }),
        ...(active === undefined ? {} : { active }),
        // Whoever switches it on or gives it another address wants it tried anew.
        ...(active === true || url !== undefined ? { failingSince: null } : {}),
      },
    });
    if (active === false) {
      await tx.webhookDelivery.updateMany({
        where: { webhookId: id, state: 'PENDING' },
        data: {
          state: 'FAILED',
          nextAttemptAt: null,
          lastError: 'The webhook was switched off before this was sent.',
        },
      });
    }
    return toWebhookRow(row);
  });
}

/** Replaces the secret; the one before stays beside it. */
export async function rotateWebhookSecret(
  db: Database,
  id: string,
  sealedSecret: string,
): Promise<WebhookRow> {
  return db.prisma.$transaction(async (tx) => {
    const { secret } = await tx.webhook.findUniqueOrThrow({ where: { id } });
    const row = await tx.webhook.update({
      where: { id },
      data: { secret: sealedSecret, formerSecret: secret, rotatedAt: new Date() },
    });
    return toWebhookRow(row);
  });
}

/** Deletes it with its log. */
export async function deleteWebhook(db: Database, id: string): Promise<void> {
  await db.prisma.webhook.delete({ where: { id } });
}

export async function readWebhook(db: Database, id: string): Promise<WebhookRow | null> {
  const row = isUuid(id) ? await db.prisma.webhook.findUnique({ where: { id } }) : null;
  return row === null ? null : toWebhookRow(row);
}

/** Both have to hold. */
interface WebhookFilter {
  readonly active?: boolean | null | undefined;
  /** Which it is told of. */
  readonly event?: WebhookEvent | null | undefined;
}

/** Webhooks of teams, newest first if nothing else is asked for. */
export const webhooksOfTeams = ownedList<WebhookRow, WebhookFilter, 'CREATED_AT' | 'URL'>({
  name: 'webhooks',
  from: Prisma.sql`webhook w`,
  id: Prisma.sql`w.id`,
  owner: Prisma.sql`w.team_id`,
  usual: 'CREATED_AT',
  orders: {
    CREATED_AT: { value: Prisma.sql`w.created_at`, type: 'time', direction: 'DESC' },
    URL: { value: Prisma.sql`w.url`, type: 'text', direction: 'ASC' },
  },
  where: ({ active = null, event = null } = {}) =>
    allOf([
      active === null ? null : Prisma.sql`w.active = ${active}`,
      event === null ? null : Prisma.sql`w.events::text[] @> ARRAY[${event}]`,
    ]),
  async read(db, ids) {
    const rows = await db.prisma.webhook.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toWebhookRow);
  },
  idOf: ({ id }) => id,
});
