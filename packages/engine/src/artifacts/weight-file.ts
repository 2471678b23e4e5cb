import { readFile } from 'node:fs/promises';
import { DomainError } from '@blockwise/contracts';

/**
 * The bytes of a file of weights on this machine.
 *
 * @throws DomainError WEIGHTS_NOT_FOUND when there is no such file or it cannot be read
 */
export async function readWeightFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('WEIGHTS_NOT_FOUND', `${path} cannot be read: ${reason}.`, { cause });
  }
}
