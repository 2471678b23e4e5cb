import type { EntryDetailFragment } from '@blockwise/client';
import { formatShare } from '../ui/format.ts';

/** What is known of an entry's weights; of a rejected one the figure that they gave. */
export function verificationWords({
  state,
  verifiedTop1,
  imported,
}: Pick<EntryDetailFragment, 'state' | 'verifiedTop1' | 'imported'>): string {
  switch (state) {
    case 'VERIFIED':
      return '✓ verified';
    case 'VERIFYING':
      return 'being verified';
    case 'UNVERIFIED':
      return imported == null ? 'unverified' : 'imported, unverified';
    case 'REJECTED':
      return `rejected: ${verifiedTop1 == null ? 'another figure' : formatShare(verifiedTop1)} measured`;
    case 'WITHDRAWN':
      return 'withdrawn';
    default:
      return state satisfies never;
  }
}
