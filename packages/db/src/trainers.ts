import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from './keys.ts';
import type { Page, PageRequest } from './page.ts';
import type { TrainerRow } from './rows.ts';

/** What a trainer says of itself when it takes a job. */
export interface TrainerIdentity {
  /** Stays the same for the life of the process. */
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly device: string;
  /** Whether that is a GPU. */
  readonly onGpu: boolean;
  /** Jobs that it can have under way at once; 1 if not given. */
  readonly slots?: number;
  /** Whether it takes no job because its disk is full. */
  readonly isDiskFull?: boolean;
  /** Of what computes: the project, Node, the engine. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Notes that a trainer lives, whether or not it has work. */
export async function seeTrainer(db: Database, trainer: TrainerIdentity): Promise<void> {
  await putTrainer(db.prisma, trainer);
}

export async function putTrainer(
  tx: Prisma.TransactionClient,
  { id, name, engine, device, slots = 1, isDiskFull }: TrainerIdentity,
): Promise<void> {
  const full = isDiskFull === undefined ? {} : { isDiskFull };
  const row = { name, engine, device, slots, ...full, ...seenNow() };
  const { count } = await tx.trainer.updateMany({ where: { id }, data: row });
  if (count > 0) {
    return;
  }
  await tx.trainer.upsert({ where: { id }, create: { id, ...row }, update: row });
}

/** Whether a trainer is to take no new job; one that nobody has seen yet is seen now. */
export async function isDraining(db: Database, trainer: TrainerIdentity): Promise<boolean> {
  const read = () =>
    db.prisma.trainer.findUnique({ where: { id: trainer.id }, select: { isDraining: true } });
  const known = await read();
  if (known !== null) {
    return known.isDraining;
  }
  await seeTrainer(db, trainer);
  return (await read())?.isDraining ?? false;
}

/** What is written of a trainer that has just said that it lives. */
export function seenNow(): { lastSeen: Date; lost: boolean } {
  return { lastSeen: new Date(), lost: false };
}

/**
 * A trainer that was not seen for so long is lost. Those with the database say every 15 seconds that
 * they live, those with a token once a minute; three silences in a row are no accident.
 */
export const trainerLostMilliseconds = 180_000;

export const trainerStates = ['BUSY', 'IDLE', 'LOST'] as const;
export type TrainerState = (typeof trainerStates)[number];

/** @param running whether it has an attempt under way */
export function trainerState({ lastSeen }: TrainerRow, running: boolean): TrainerState {
  if (lastSeen < lostBefore()) return 'LOST';
  return running ? 'BUSY' : 'IDLE';
}

export interface TrainerFilter {
  readonly states?: readonly TrainerState[] | null | undefined;
  readonly engine?: string | null | undefined;
  /** Part of the name or the device, in any case. */
  readonly text?: string | null | undefined;
}

export interface ListTrainers extends PageRequest {
  readonly filter?: TrainerFilter;
  readonly orderBy?: { readonly field: TrainerOrderField; readonly direction?: Direction | null };
}

export type TrainerOrderField = 'LAST_SEEN' | 'NAME';

const orders: Record<TrainerOrderField, Order> = {
  LAST_SEEN: { value: Prisma.sql`t.last_seen`, type: 'time', direction: 'DESC' },
  NAME: { value: Prisma.sql`t.name`, type: 'text', direction: 'ASC' },
};
const from = Prisma.sql`trainer t`;

/** Every trainer that was ever seen, the one seen last ahead if nothing else is asked for. */
export async function listTrainers(
  db: Database,
  { filter, orderBy, first, after }: ListTrainers,
): Promise<Page<TrainerRow>> {
  const field = orderBy?.field ?? 'LAST_SEEN';
  const page = await pageOfIds(db, {
    ...{ name: `trainers ${field}`, order: orders[field], direction: orderBy?.direction },
    ...{ from, where: whereOf(filter), id: Prisma.sql`t.id`, idType: 'text', first, after },
  });
  const rows = await readTrainers(
    db,
    page.edges.map(({ node }) => node),
  );
  return pageOfRows(page, rows, ({ id }) => id);
}

export async function countTrainers(db: Database, filter?: TrainerFilter): Promise<number> {
  return countOf(db, { from, where: whereOf(filter) });
}

export async function readTrainers(db: Database, ids: readonly string[]): Promise<TrainerRow[]> {
  return db.prisma.trainer.findMany({ where: { id: { in: [...ids] } } });
}

/** Jobs that trainers have under way, those begun first ahead. */
export async function jobsOfTrainers(
  db: Database,
  ids: readonly string[],
): Promise<{ trainerId: string; jobId: string }[]> {
  return db.prisma.run.findMany({
    where: { trainerId: { in: [...ids] }, state: 'RUNNING' },
    select: { trainerId: true, jobId: true },
    orderBy: [{ startedAt: 'asc' }, { jobId: 'asc' }],
  });
}

/** What trainers computed with last; nothing of those that never had a job. */
export async function versionsOfTrainers(
  db: Database,
  ids: readonly string[],
): Promise<{ trainerId: string; versions: unknown }[]> {
  return db.prisma.run.findMany({
    where: { trainerId: { in: [...ids] } },
    distinct: ['trainerId'],
    select: { trainerId: true, versions: true },
    orderBy: [{ trainerId: 'asc' }, { startedAt: 'desc' }],
  });
}

/** Whoever was seen before this moment last is lost. */
export function lostBefore(): Date {
  return new Date(Date.now() - trainerLostMilliseconds);
}

function whereOf({ states, engine, text }: TrainerFilter = {}): Prisma.Sql {
  const present = Prisma.sql`t.last_seen >= ${lostBefore()}`;
  const running = Prisma.sql`EXISTS (SELECT FROM run WHERE trainer_id = t.id AND state = 'RUNNING')`;
  const inState: Record<TrainerState, Prisma.Sql> = {
    BUSY: Prisma.sql`(${present} AND ${running})`,
    IDLE: Prisma.sql`(${present} AND NOT ${running})`,
    LOST: Prisma.sql`NOT ${present}`,
  };
  const oneOf = states?.map((state) => inState[state]) ?? [];
  return allOf([
    engine ? Prisma.sql`t.engine = ${engine}` : null,
    text
      ? Prisma.sql`(strpos(lower(t.name), lower(${text})) > 0 OR strpos(lower(t.device), lower(${text})) > 0)`
      : null,
    // An empty list of states names no trainer.
    states?.length === 0 ? Prisma.sql`false` : null,
    oneOf.length > 0 ? Prisma.sql`(${Prisma.join(oneOf, ' OR ')})` : null,
  ]);
}
