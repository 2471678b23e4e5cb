import { type Announcement, announcement } from '@blockwise/contracts';
import type { Prisma } from '../generated/client.ts';

/**
 * Tells a team's webhooks of something, inside the transaction in which it happens: the messages
 * are there when it has happened, and are not when it was rolled back. Of what is PRIVATE nothing
 * is to be announced: every maintainer of the team can read and redirect what its webhooks get.
 */
export async function announce(
  tx: Prisma.TransactionClient,
  teamId: string,
  told: Announcement,
): Promise<void> {
  await announceTo(tx, { teamId }, told);
}

/** Tells the webhooks that operators made of something that concerns the whole server. */
export async function announceToOperators(
  tx: Prisma.TransactionClient,
  told: Announcement,
): Promise<void> {
  await announceTo(tx, { createdBy: { isOperator: true } }, told);
}

async function announceTo(
  tx: Prisma.TransactionClient,
  whose: Prisma.WebhookWhereInput,
  told: Announcement,
): Promise<void> {
  // Parsed on the way in: what lies in the table can be sent.
  const { event, ...payload } = announcement.parse(told);
  const webhooks = await tx.webhook.findMany({
    where: { ...whose, active: true, events: { has: event } },
    select: { id: true },
  });
  if (webhooks.length > 0) {
    await tx.webhookDelivery.createMany({
      data: webhooks.map(({ id }) => ({ webhookId: id, event, payload })),
    });
  }
}
