import { DomainError } from '@blockwise/contracts';
import { auditedNetworks } from '@blockwise/db';
import type { FittedLambdas } from '@blockwise/dna';
import type { Context } from '../context.ts';

/** Block weights λ fitted on an audit's tested networks. */
export async function fitAudit(
  auditId: string,
  asked: { folds?: number | null | undefined; seed: number },
  { loaders, database, solver }: Context,
): Promise<FittedLambdas> {
  if ((await loaders.audit.load(auditId)) === null) {
    throw new DomainError('NOT_FOUND', 'There is no such audit.', { path: ['audit'] });
  }
  const rows = (await auditedNetworks(database, auditId)).flatMap(({ losses, top1 }) =>
    top1 === null ? [] : [{ losses, accuracy: top1 }],
  );
  if (rows.length < 4) {
    throw new DomainError(
      'NOT_READY',
      `${rows.length} networks of the audit are tested so far, and a fit needs four.`,
      { path: ['audit'] },
    );
  }
  return solver.run('fitLambdas', rows, { folds: asked.folds ?? undefined, seed: asked.seed });
}
