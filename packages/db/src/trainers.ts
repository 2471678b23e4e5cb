import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { keyset } from './leaderboard/keyset.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  type Page,
  type PageRequest,
  toPage,
} from './page.ts';
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
  /** Of what computes: the project, Node, the engine. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Notes that a trainer lives, whether or not it has work. */
export async function seeTrainer(db: Database, trainer: TrainerIdentity): Promise<void> {
  await putTrainer(db.prisma, trainer);
}

export async function putTrainer(
  tx: Prisma.TransactionClient,
  { id, name, engine, device }: TrainerIdentity,
): Promise<void> {
  const row = { name, engine, device, ...seenNow() };
  await tx.trainer.upsert({ where: { id }, create: { id, ...row }, update: row });
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
  /** LAST_SEEN begins with the latest, NAME with the first. */
  readonly orderBy: 'LAST_SEEN' | 'NAME';
}

/** Every trainer that was ever seen. */
export async function listTrainers(
  db: Database,
  { filter = {}, orderBy, ...page }: ListTrainers,
): Promise<Page<TrainerRow>> {
  const first = checkFirst(page.first);
  const order = `trainers ${orderBy}`;
  const byName = orderBy === 'NAME';
  const key = decodeCursor(order, page.after, byName ? isTextKey : isSeenKey);
  const { columns, after } = keyset<string | Date>(
    byName ? 'name' : 'lastSeen',
    byName ? 'ASC' : 'DESC',
  );
  const rows = await db.prisma.trainer.findMany({
    where: {
      AND: [whereOf(filter), key === null ? {} : after(byName ? key[0] : new Date(key[0]), key[1])],
    },
    orderBy: [...columns],
    take: first + 1,
  });
  return toPage(rows, first, (node) => ({
    cursor: encodeCursor(order, [byName ? node.name : node.lastSeen.toISOString(), node.id]),
    node,
  }));
}

export async function countTrainers(db: Database, filter: TrainerFilter = {}): Promise<number> {
  return db.prisma.trainer.count({ where: whereOf(filter) });
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

function whereOf({ states, engine, text }: TrainerFilter): Prisma.TrainerWhereInput {
  const present = { lastSeen: { gte: lostBefore() } };
  const running = { state: 'RUNNING' } as const;
  const inState: Record<TrainerState, Prisma.TrainerWhereInput> = {
    BUSY: { ...present, runs: { some: running } },
    IDLE: { ...present, runs: { none: running } },
    LOST: { lastSeen: { lt: lostBefore() } },
  };
  const part = { contains: text ?? '', mode: 'insensitive' } as const;
  return {
    AND: [
      engine ? { engine } : {},
      text ? { OR: [{ name: part }, { device: part }] } : {},
      // An OR of nothing asks for nothing, but an empty list of states names no trainer.
      states?.length === 0 ? { id: { in: [] } } : {},
      states ? { OR: states.map((state) => inState[state]) } : {},
    ],
  };
}

function isTextKey(key: readonly unknown[]): key is [text: string, id: string] {
  return key.length === 2 && key.every((part) => typeof part === 'string' && !part.includes('\0'));
}

function isSeenKey(key: readonly unknown[]): key is [time: string, id: string] {
  return isTextKey(key) && !Number.isNaN(Date.parse(key[0]));
}
