import type { Response } from 'express';
import type { LinkTarget } from '../links/link-content.ts';
import type { LinkSigner } from '../links/link-signer.ts';
import { refuse } from './refusal.ts';

/**
 * What a signed text of a request leads to; null when it leads nowhere, and then the answer says so:
 * 403 for what this server did not make, 410 for what is too old.
 */
export function openLink(
  links: LinkSigner,
  signed: unknown,
  response: Response,
): LinkTarget | null {
  const link = links.open(typeof signed === 'string' ? signed : '');
  switch (link.state) {
    case 'VALID':
      return link.content.target;
    case 'EXPIRED':
      refuse(response, 410, 'This link has expired; the API gives a fresh one.', 'NOT_FOUND');
      return null;
    case 'ALTERED':
      refuse(
        response,
        403,
        'This needs a link as the API gave it: signed, whole and unaltered.',
        'FORBIDDEN',
      );
      return null;
    default:
      return link satisfies never;
  }
}
