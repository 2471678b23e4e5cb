import { expect, test } from 'vitest';
import { verificationWords } from './verification-words.ts';

test('an entry says how far it can be trusted', () => {
  const entry = { verifiedTop1: null, imported: null };
  expect(verificationWords({ ...entry, state: 'VERIFIED', verifiedTop1: 0.7 })).toBe('✓ verified');
  expect(verificationWords({ ...entry, state: 'VERIFYING' })).toBe('being verified');
  expect(verificationWords({ ...entry, state: 'UNVERIFIED' })).toBe('unverified');
  const imported = { team: 'a', search: null, leaderboard: 'b', verified: true };
  expect(verificationWords({ ...entry, imported, state: 'UNVERIFIED' })).toBe(
    'imported, unverified',
  );
  expect(verificationWords({ ...entry, state: 'REJECTED', verifiedTop1: 0.5 })).toMatch(
    /^rejected: 50(\.0+)?\s?% measured$/,
  );
  expect(verificationWords({ ...entry, state: 'WITHDRAWN' })).toBe('withdrawn');
});
