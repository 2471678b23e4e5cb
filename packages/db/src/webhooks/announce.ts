import { type Announcement, announcement } from '@blockwise/contracts';
import type { Prisma } from '../generated/client.ts';

/**
 * Who may hear of it: the team; or, of what is PRIVATE, those who may see it, who are its maker and
 * the team's owners. A webhook hears what the person who made it may see.
 */
export type Audience = 'TEAM' | { readonly madeBy: string | null };

/**
 * Tells a team's webhooks of something, inside the transaction in which it happens: the messages
 * are there when it has happened, and are not when it was rolled back.
 */
export async function announce(
  tx: Prisma.TransactionClient,
  teamId: string,
  told: Announcement,
  audience: Audience = 'TEAM',
): Promise<void> {
  // Parsed on the way in: what lies in the table can be sent.
  const { event, ...payload } = announcement.parse(told);
  const webhooks = await tx.webhook.findMany({
    where: { teamId, active: true, events: { has: event }, ...madeByOneOf(audience, teamId) },
    select: { id: true },
  });
  if (webhooks.length > 0) {
    await tx.webhookDelivery.createMany({
      data: webhooks.map(({ id }) => ({ webhookId: id, event, payload })),
    });
  }
}

function madeByOneOf(audience: Audience, teamId: string): Prisma.WebhookWhereInput {
  if (audience === 'TEAM') {
    return {};
  }
  const owner = { createdBy: { memberships: { some: { teamId, role: 'OWNER' as const } } } };
  return audience.madeBy === null ? owner : { OR: [owner, { createdById: audience.madeBy }] };
}
