import { DomainError } from '@blockwise/contracts';
import type { Network } from '@blockwise/dna';
import { type NamedArrays, readSafetensors, readTensorFile, readTimm } from '@blockwise/engine';

/**
 * A teacher's weights from a file with timm's names. One that is trained further may have been made
 * for other classes: its classifier is then drawn anew with the seed.
 *
 * @param seed of a training that follows, or null when there is none
 * @throws DomainError WEIGHTS_NOT_FOUND, WEIGHTS_MISMATCH; SPEC_INVALID for other classes without
 *   a training
 */
export async function timmWeights(
  file: string,
  network: Network,
  classes: number,
  seed: number | null,
): Promise<NamedArrays> {
  const bytes = await readTensorFile(file);
  if (seed !== null) return readTimm(bytes, network, classes, { classifierSeed: seed });
  const known = classesOf(bytes);
  if (known !== null && known !== classes) {
    throw new DomainError(
      'SPEC_INVALID',
      `The teacher in the file tells ${known} classes apart; the images have ${classes}. ` +
        'With a training it gets a new classifier.',
      { path: ['teacher', 'training'] },
    );
  }
  return readTimm(bytes, network, classes);
}

/** How many classes the file's classifier has; null when that is not to be seen. */
function classesOf(bytes: Uint8Array): number | null {
  try {
    const isBias = (name: string) => name === 'classifier.bias' || name === 'fc.bias';
    const [bias] = readSafetensors(bytes, (name) => !isBias(name)).arrays.values();
    return bias?.shape[0] ?? null;
  } catch (error) {
    // What is wrong with the file is said by who reads all of it.
    if (error instanceof DomainError) return null;
    throw error;
  }
}
