import { describe, expect, it } from 'vitest';
import { contentPolicy } from './content-policy.ts';
import { isKnownHost } from './known-host.ts';

describe('the hosts of the dashboard', () => {
  it.each(['127.0.0.1:3000', 'localhost:3000', 'LOCALHOST', '[::1]:3000', '127.8.0.1'])(
    'are names of this machine: %s',
    (host) => {
      expect(isKnownHost(host, undefined)).toBe(true);
    },
  );
  it('are those of WEB_ORIGIN', () => {
    const origins = 'https://nas.example.org, https://nas.example.org:8443';
    expect(isKnownHost('nas.example.org', origins)).toBe(true);
    expect(isKnownHost('NAS.example.org', origins)).toBe(true);
    expect(isKnownHost('nas.example.org:8443', origins)).toBe(true);
    expect(isKnownHost('nas.example.org:9000', origins)).toBe(false);
  });
  it.each([
    null,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '0.0.0.0',
    'nas.example.org',
  ])('are not %j', (host) => {
    expect(isKnownHost(host, undefined)).toBe(false);
  });
});

describe('what a page may do', () => {
  const policyOf = (isDevelopment: boolean) =>
    contentPolicy({ nonce: 'bm9uY2U=', apiUrl: 'https://api.example.org/graphql', isDevelopment });
  it('is to run its own scripts and to reach the API', () => {
    const policy = policyOf(false);
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
    expect(policy).toContain("connect-src 'self' https://api.example.org wss://api.example.org;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });
  it('is more only in development', () => {
    expect(policyOf(true)).toContain("'unsafe-eval'");
  });
});
