import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LinkTarget } from './link-content.ts';
import { LinkSigner } from './link-signer.ts';

const signer = new LinkSigner('a secret of at least 32 characters');
const target: LinkTarget = {
  kind: 'candidates',
  format: 'PARQUET',
  searchId: randomUUID(),
  cellId: null,
};
const userId = randomUUID();
const now = Date.UTC(2026, 0, 31);

describe('LinkSigner', () => {
  it('opens what it signed, until its time is over', () => {
    const { signed, expiresAt } = signer.sign(target, userId, now);
    expect(expiresAt.getTime()).toBe(now + 600_000);
    const content = { target, userId, expiresAt: expiresAt.getTime() };
    expect(signer.open(signed, now)).toEqual({ state: 'VALID', content });
    expect(signer.open(signed, now + 599_999)).toEqual({ state: 'VALID', content });
    expect(signer.open(signed, now + 600_000)).toEqual({ state: 'EXPIRED' });
  });

  it('says in plain what it signed', () => {
    const [packed = ''] = signer.sign(target, userId, now).signed.split('.');
    const text = inflateRawSync(Buffer.from(packed, 'base64url')).toString();
    expect(JSON.parse(text)).toEqual({ target, userId, expiresAt: now + 600_000 });
  });

  it('refuses every text that differs in one character', () => {
    const { signed } = signer.sign(target, null, now);
    for (let at = 0; at < signed.length; at++) {
      for (const other of ['A', 'B', '.', '='].filter((letter) => letter !== signed[at])) {
        const altered = `${signed.slice(0, at)}${other}${signed.slice(at + 1)}`;
        expect(signer.open(altered, now), `${other} at ${at}`).toEqual({ state: 'ALTERED' });
      }
    }
  });

  it.each(['', '.', 'a', 'a.b', 'a.b.c', '%00', '..'])('refuses %o', (text) => {
    expect(signer.open(text, now)).toEqual({ state: 'ALTERED' });
  });

  it('refuses what was signed with another secret, or cut off, or longer', () => {
    const { signed } = signer.sign(target, null, now);
    const other = new LinkSigner('another secret of at least 32 chars');
    for (const text of [
      other.sign(target, null, now).signed,
      signed.slice(0, -1),
      signed.slice(0, signed.indexOf('.')),
      `${signed}A`,
      `${signed}.A`,
    ]) {
      expect(signer.open(text, now)).toEqual({ state: 'ALTERED' });
    }
  });

  it('names 100 jobs, and refuses more than an address can hold', () => {
    const jobs = (count: number): LinkTarget => ({
      kind: 'curves',
      format: 'ARROW',
      of: { jobIds: Array.from({ length: count }, () => randomUUID()) },
      keys: ['loss'],
    });
    const { signed } = signer.sign(jobs(100), userId, now);
    expect(signer.open(signed, now).state).toBe('VALID');
    expect(() => signer.sign(jobs(1000), userId, now)).toThrow(/more than an address can hold/);
  });
});
