import type { Database } from '../database.ts';

/** A webhook that was switched off because nothing was received for so long. */
export interface SwitchedOff {
  readonly id: string;
  readonly teamId: string;
  readonly failingSince: Date;
}

/**
 * Switches off webhooks whose address has received nothing for so many days although it was tried,
 * and gives up what was still to be sent. Each is answered to one caller only.
 */
export async function switchOffFailing(db: Database, days: number): Promise<SwitchedOff[]> {
  const before = new Date(Date.now() - days * 24 * 3600 * 1000);
  const failing = await db.prisma.webhook.findMany({
    where: { active: true, failingSince: { lt: before } },
    select: { id: true, teamId: true, failingSince: true },
  });
  const switched: SwitchedOff[] = [];
  for (const { id, teamId, failingSince } of failing) {
    if (failingSince === null) continue;
    const isOurs = await db.prisma.$transaction(async (tx) => {
      const { count } = await tx.webhook.updateMany({
        where: { id, active: true, failingSince },
        data: { active: false },
      });
      if (count === 0) return false;
      await tx.webhookDelivery.updateMany({
        where: { webhookId: id, state: 'PENDING' },
        data: {
          state: 'FAILED',
          nextAttemptAt: null,
          lastError: `Given up: the webhook was switched off, because nothing was received for ${days} days.`,
        },
      });
      return true;
    });
    if (isOurs) switched.push({ id, teamId, failingSince });
  }
  return switched;
}
