import { createHash, randomBytes } from 'node:crypto';

/** What is stored of a secret. Secrets are 256 random bits, so a fast hash without salt is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A secret of 256 random bits; the prefix tells people, and scanners of leaked secrets, what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}
