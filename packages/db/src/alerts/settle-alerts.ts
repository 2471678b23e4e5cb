import { type AlertEvent, type Announcement, announcement } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import { announce, announceToOperators } from '../webhooks/announce.ts';

type Told = Extract<Announcement, { event: AlertEvent }>;

/** Something that is wrong now, as it is told when it begins. */
export interface Wrong {
  /** What it is about, by which it is known again: a search, the name of a trainer. */
  readonly subject: string;
  /** Whose webhooks hear of it; null: those of operators. */
  readonly teamId: string | null;
  readonly told: Told;
}

/** Everything of one kind that is wrong now. */
export interface WrongNow {
  readonly event: AlertEvent;
  readonly wrong: readonly Wrong[];
  /** Of what was wrong before: what is not yet right again, though it would not begin now. */
  readonly lasts?: (subject: string) => boolean;
}

/** An alert that has begun or ended. */
export interface AlertChange {
  readonly event: AlertEvent;
  readonly state: 'BEGAN' | 'ENDED';
  readonly subject: string;
}

/**
 * Tells of what has begun to be wrong and of what is right again, each once, however many processes
 * look: the alert's row is there exactly while it lasts, and whoever makes or deletes it writes the
 * messages in the same transaction.
 */
export async function settleAlerts(
  db: Database,
  { event, wrong, lasts = () => false }: WrongNow,
): Promise<AlertChange[]> {
  const open = await db.prisma.alert.findMany({ where: { kind: event } });
  const known = new Set(open.map(({ subject }) => subject));
  const now = new Set(wrong.map(({ subject }) => subject));
  const changes: AlertChange[] = [];
  for (const { subject, teamId, told } of wrong) {
    if (known.has(subject)) continue;
    const began = await db.prisma.$transaction(async (tx) => {
      const payload = { ...told, teamId };
      const { count } = await tx.alert.createMany({
        data: [{ kind: event, subject, payload }],
        skipDuplicates: true,
      });
      if (count > 0) await tell(tx, teamId, told);
      return count > 0;
    });
    if (began) changes.push({ event, state: 'BEGAN', subject });
  }
  for (const { subject, payload } of open) {
    if (now.has(subject) || lasts(subject)) continue;
    const ended = await db.prisma.$transaction(async (tx) => {
      const { count } = await tx.alert.deleteMany({ where: { kind: event, subject } });
      if (count === 0) return false;
      const { teamId, ...told } = payload as { teamId: string | null };
      await tell(tx, teamId, announcement.parse({ ...told, state: 'ENDED' }));
      return true;
    });
    if (ended) changes.push({ event, state: 'ENDED', subject });
  }
  return changes;
}

async function tell(
  tx: Prisma.TransactionClient,
  teamId: string | null,
  told: Announcement,
): Promise<void> {
  if (teamId === null) await announceToOperators(tx, told);
  // Of a team that is gone by now there is nobody to tell.
  else await announce(tx, teamId, told);
}
