import type { Database } from './database.ts';
import { lostBefore } from './trainers.ts';

/** Trainers that are there and take jobs, by engine. */
export interface PresentTrainers {
  readonly engine: string;
  readonly trainers: number;
  /** Jobs that they can have under way at once, all together. */
  readonly slots: number;
}

export async function presentTrainers(db: Database): Promise<PresentTrainers[]> {
  const rows = await db.prisma.trainer.groupBy({
    by: ['engine'],
    where: { lastSeen: { gte: lostBefore() }, isDraining: false, isDiskFull: false },
    _count: { _all: true },
    _sum: { slots: true },
    orderBy: { engine: 'asc' },
  });
  return rows.map(({ engine, _count, _sum }) => ({
    engine,
    trainers: _count._all,
    slots: _sum.slots ?? 0,
  }));
}
