import { expect, test } from 'vitest';
import { isAtLeast } from './rights.ts';

test.each([
  ['OWNER', 'OWNER', true],
  ['OWNER', 'MEMBER', true],
  ['MAINTAINER', 'OWNER', false],
  ['VIEWER', 'MEMBER', false],
  [undefined, 'VIEWER', false],
  [null, 'VIEWER', false],
] as const)('%s may do what is for %s: %s', (role, least, expected) => {
  expect(isAtLeast(role, least)).toBe(expected);
});
