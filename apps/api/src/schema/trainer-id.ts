import type { TrainerRow } from '@blockwise/db';
import type { Loaders } from '../loaders.ts';

/** Trainers name themselves: their ids may hold what an opaque id may not. */
export function encodeTrainerId(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** The trainer whose id {@link encodeTrainerId} gave; null when there is none. */
export async function trainerByEncodedId(
  encoded: string,
  loaders: Loaders,
): Promise<TrainerRow | null> {
  const id = Buffer.from(encoded, 'base64url').toString();
  // No text of the database has that character, and it refuses to be asked for it.
  return id.includes('\0') ? null : loaders.trainer.load(id);
}
