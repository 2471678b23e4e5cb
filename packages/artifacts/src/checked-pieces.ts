import { createHash } from 'node:crypto';
import { DomainError } from '@blockwise/contracts';
import type { ExpectedArtifact } from './store.ts';

/**
 * The pieces of a stream that is to be stored, passed on as they come.
 *
 * @throws DomainError BAD_INPUT, instead of ending, when they are not what was expected
 */
export async function* expectedPieces(
  pieces: AsyncIterable<Uint8Array>,
  { sha256, maxBytes }: ExpectedArtifact,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) {
      throw new DomainError('BAD_INPUT', `An artifact has ${maxBytes} bytes at most.`);
    }
    hash.update(piece);
    yield piece;
  }
  const found = hash.digest('hex');
  if (found !== sha256) {
    throw new DomainError('BAD_INPUT', `The content has the SHA-256 ${found}, not ${sha256}.`);
  }
}

/**
 * The pieces of a stored artifact; the last one only when all of them match the hash.
 *
 * @throws DomainError ARTIFACT_MISSING instead of the last piece
 */
export async function* storedPieces(
  pieces: AsyncIterable<Uint8Array>,
  sha256: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let last: Uint8Array | null = null;
  for await (const piece of pieces) {
    if (last !== null) yield last;
    hash.update(piece);
    last = piece;
  }
  if (hash.digest('hex') !== sha256) throw altered(sha256);
  if (last !== null) yield last;
}

export function notStored(sha256: string): DomainError {
  return new DomainError('ARTIFACT_MISSING', `Artifact ${sha256} is not stored.`);
}

export function altered(sha256: string): DomainError {
  return new DomainError('ARTIFACT_MISSING', `Artifact ${sha256} does not match its hash.`);
}
