import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps the secrets of webhooks, which signing needs in clear, encrypted in the database. */
export interface SecretBox {
  /** Encrypted for the row of that id: in another row it does not open. */
  seal(rowId: string, secret: string): string;
  /** @throws Error when it was sealed for another row, with another key, or altered */
  open(rowId: string, sealed: string): string;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A box under a key that is derived from the API's own secret. */
export function openSecretBox(apiSecret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', apiSecret, '', 'blockwise webhook secrets', 32));
  return {
    seal(rowId, secret) {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(rowId));
      const sealed = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
      return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64');
    },
    open(rowId, text) {
      const bytes = Buffer.from(text, 'base64');
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(rowId))
        .setAuthTag(tag);
      const sealed = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([opening.update(sealed), opening.final()]).toString('utf8');
    },
  };
}

/** A new secret in the form of the Standard Webhooks specification: 256 random bits. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
