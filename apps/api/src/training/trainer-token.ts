import { createHash } from 'node:crypto';
import type { TrainerIdentity } from '@blockwise/db';
import { forbidden } from '../rights/refusals.ts';
import type { Viewer } from '../rights/viewer.ts';

/** The token of a trainer that asks. */
export function trainerToken({ principal }: Viewer): string {
  if (principal?.tokenId == null) {
    throw forbidden('This takes a token with the scope TRAIN.');
  }
  return principal.tokenId;
}

/**
 * A trainer as it is stored. The name that it has for itself counts within its token only, so that no
 * token can speak for the trainer of another.
 */
export function identityOf(tokenId: string, trainer: TrainerIdentity): TrainerIdentity {
  const digest = createHash('sha256').update(`${tokenId} ${trainer.id}`).digest('hex');
  return { ...trainer, id: digest.slice(0, 32) };
}
