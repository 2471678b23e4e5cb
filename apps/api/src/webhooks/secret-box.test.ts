import { expect, test } from 'vitest';
import { newWebhookSecret, openSecretBox } from './secret-box.ts';

const box = openSecretBox('a secret of the tests, long enough');
const secret = newWebhookSecret();

test('a secret comes back out of the row that it was sealed for, and shows nothing of itself', () => {
  const sealed = box.seal('row', secret);
  expect(box.open('row', sealed)).toBe(secret);
  expect(openSecretBox('a secret of the tests, long enough').open('row', sealed)).toBe(secret);
  expect(sealed).not.toContain(secret.slice(6, 20));
  expect(box.seal('row', secret)).not.toBe(sealed);
});

test('it opens in no other row, by no other key, and not when it was altered', () => {
  const sealed = box.seal('row', secret);
  expect(() => box.open('another row', sealed)).toThrow();
  expect(() => openSecretBox('another secret, also long enough').open('row', sealed)).toThrow();
  for (const at of [0, 15, 40]) {
    const bytes = Buffer.from(sealed, 'base64');
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(() => box.open('row', bytes.toString('base64'))).toThrow();
  }
});
