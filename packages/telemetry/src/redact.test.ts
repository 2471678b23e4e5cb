import { expect, test } from 'vitest';
import { redact } from './redact.ts';

/** Every secret has this word in it. */
const secret = 'S3cret';
const long = `${secret}abcdefghijklmnopqrstuvwxyz012345`;

test.each([
  `postgresql://blockwise:${secret}@db.lab:5432/blockwise`,
  `connect failed: https://me:${secret}@git.lab/x and more`,
  `authorization: Bearer ${long}`,
  `Basic ${long}==`,
  `the token bw_${long} is unknown`,
  `invitation bwi_${long}, share bwl_${long}`,
  `whsec_${long}`,
  `GET /downloads/${long}.${long} 200`,
  `http://127.0.0.1:4000/auth/magic-link/verify?token=${long}&callbackURL=x`,
  `https://bucket/x?X-Amz-Signature=${long}&X-Amz-Credential=${long}`,
  `blockwise.session_token=${long}; Path=/`,
])('%s', (text) => {
  // In a message, and inside of JSON inside of one.
  for (const value of [{ msg: text }, { msg: JSON.stringify({ text }) }]) {
    const line = redact(JSON.stringify(value));
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
    expect(JSON.parse(line)).toEqual({ msg: expect.any(String) });
  }
});

test.each([
  'password',
  'newPassword',
  'API_SECRET',
  'clientSecret',
  'token',
  'Cookie',
  'DATABASE_URL',
  'apiKey',
])('the value of %s is hidden, whatever it is', (key) => {
  const value = { [key]: `${secret} "quoted" \\`, next: 'stays' };
  expect(JSON.parse(redact(JSON.stringify(value)))).toEqual({ ...value, [key]: '[redacted]' });
  const inside = redact(JSON.stringify({ msg: JSON.stringify({ [key]: secret }) }));
  expect(JSON.parse(JSON.parse(inside).msg)).toEqual({ [key]: '[redacted]' });
});

test('what is no secret stays as it is', () => {
  const line = JSON.stringify({
    tokenId: '0198c0de',
    requestId: 'build-17',
    url: 'http://127.0.0.1:4000/graphql?first=20&orderBy=NAME',
    secrets: 3,
    stack: 'Error: x\n    at f (file:///work/blockwise/a.ts:1:2)',
    msg: 'a "token" of a sentence',
  });
  expect(redact(line)).toBe(line);
});
