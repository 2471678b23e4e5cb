import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DomainError } from '@blockwise/contracts';
import { type LinkContent, type LinkTarget, linkContent } from './link-content.ts';

/** How long a link leads anywhere. */
const linkMinutes = 10;
/** Characters of a signed text: proxies take addresses of 8 kB. */
const maxSignedLength = 6000;
/** Bytes of an unpacked content: nothing that was signed is larger. */
const maxContentBytes = 100_000;

/** What a signed text turned out to be. */
export type OpenedLink =
  | { readonly state: 'VALID'; readonly content: LinkContent }
  /** It was made here, but its time is over. */
  | { readonly state: 'EXPIRED' }
  /** It was not made by this server, or not as it is. */
  | { readonly state: 'ALTERED' };

export interface SignedLink {
  /** `content.signature`, both base64url. */
  readonly signed: string;
  readonly expiresAt: Date;
}

/**
 * Makes and opens texts that only this server can have made: what a link leads to, for whom and until
 * when, with an HMAC-SHA256 over all of it. Its key is derived from the server's secret, so that
 * a signature of one purpose is none of another.
 */
export class LinkSigner {
  readonly #key: Buffer;

  /** @param secret of the server; every process that serves the same links has the same one */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'blockwise links 1', 32));
  }

  /**
   * A text that {@link open} takes for ten minutes. Whoever has it needs nothing else: check rights
   * before.
   *
   * @throws DomainError BAD_INPUT when it would be longer than an address can be
   */
  sign(target: LinkTarget, userId: string | null, now = Date.now()): SignedLink {
    const expiresAt = now + linkMinutes * 60_000;
    const content: LinkContent = { target, userId, expiresAt };
    const packed = deflateRawSync(JSON.stringify(content)).toString('base64url');
    const signed = `${packed}.${this.#signatureOf(packed).toString('base64url')}`;
    if (signed.length > maxSignedLength) {
      throw new DomainError(
        'BAD_INPUT',
        'This names more than an address can hold; ask for a whole search, or in parts.',
      );
    }
    return { signed, expiresAt: new Date(expiresAt) };
  }

  open(signed: string, now = Date.now()): OpenedLink {
    const [packed = '', signature = '', ...rest] = signed.split('.');
    const expected = this.#signatureOf(packed);
    const given = Buffer.from(signature, 'base64url');
    const isOurs =
      rest.length === 0 &&
      given.length === expected.length &&
      timingSafeEqual(given, expected) &&
      // One signature has several spellings in base64url; only ours counts.
      given.toString('base64url') === signature;
    if (!isOurs) return { state: 'ALTERED' };
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), {
      maxOutputLength: maxContentBytes,
    });
    const content = linkContent.parse(JSON.parse(text.toString('utf8')));
    return content.expiresAt > now ? { state: 'VALID', content } : { state: 'EXPIRED' };
  }

  #signatureOf(packed: string): Buffer {
    return createHmac('sha256', this.#key).update(packed).digest();
  }
}
