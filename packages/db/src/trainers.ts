import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
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
  const row = { name, engine, device, lastSeen: new Date() };
  await tx.trainer.upsert({ where: { id }, create: { id, ...row }, update: row });
}

/** Every trainer that was seen, the latest first. */
export async function listTrainers(db: Database): Promise<TrainerRow[]> {
  return db.prisma.trainer.findMany({ orderBy: [{ lastSeen: 'desc' }, { id: 'asc' }] });
}
