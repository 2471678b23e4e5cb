import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { TrainerRow } from '../rows.ts';

/**
 * Says whether a trainer is drained: it finishes what it has under way and takes no new job, until
 * this is taken back. It ends with its process: one that is started anew under its name takes jobs.
 *
 * @throws DomainError NOT_FOUND
 */
export async function drainTrainer(
  db: Database,
  { trainerId, isDraining }: { readonly trainerId: string; readonly isDraining: boolean },
): Promise<TrainerRow> {
  const [trainer] = await db.prisma.trainer.updateManyAndReturn({
    where: { id: trainerId },
    data: { isDraining },
  });
  if (trainer === undefined) {
    throw new DomainError('NOT_FOUND', 'There is no such trainer.', { path: ['trainerId'] });
  }
  return trainer;
}
