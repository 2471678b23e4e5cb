import { createHash } from 'node:crypto';
import { DomainError } from '@blockwise/contracts';

const hexDigest = /^[0-9a-f]{64}$/;

/** SHA-256 of bytes, lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The name, checked to be a digest, so that no input can steer a path.
 *
 * @throws DomainError ARTIFACT_MISSING when it is anything but 64 hex digits
 */
export function checkedAddress(sha256: string): string {
  if (!hexDigest.test(sha256)) {
    throw new DomainError('ARTIFACT_MISSING', 'An artifact is named by 64 lower-case hex digits.');
  }
  return sha256;
}
