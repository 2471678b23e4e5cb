import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { usualLimits } from './limits/operation-limits.ts';

const least = {
  DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/blockwise',
  STATE_FOLDER: 'state',
  API_SECRET: 'a secret of at least 32 characters',
};

describe('readEnv', () => {
  it('needs the database, the state folder and a secret only', () => {
    expect(readEnv({ ...least, PORT: '' })).toEqual({
      databaseUrl: least.DATABASE_URL,
      artifactPlace: { kind: 'folder', folder: path.resolve('state/artifacts') },
      port: 4000,
      host: '127.0.0.1',
      secret: least.API_SECRET,
      publicUrl: undefined,
      webOrigins: ['http://127.0.0.1:3000', 'http://localhost:3000'],
      signUp: 'INVITED',
      openId: undefined,
      heartbeatSeconds: 60,
      expireSeconds: 86_400,
      monitorSeconds: 30,
      retrySeconds: 10,
      stalledSeconds: 900,
      metricsToken: undefined,
      backupMarker: undefined,
      sweepHours: 6,
      sweepGraceHours: 48,
      artifactMaxBytes: 2_147_483_648,
      webhooks: {
        allowPrivate: false,
        retryMilliseconds: [10_000, 60_000, 360_000, 2_160_000, 12_960_000],
      },
      recheckSeconds: 10,
      pingSeconds: 12,
      databasePoolSize: 10,
      statementTimeoutSeconds: 30,
      limits: usualLimits,
      documentsFile: undefined,
      logLevel: 'info',
    });
  });

  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('serves on %s', (HOST) => {
    expect(readEnv({ ...least, HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.0.0.1.example.org', '127.0.0.256'])(
    'serves on %s only with an address that browsers reach it by',
    (HOST) => {
      expect(() => readEnv({ ...least, HOST })).toThrow(
        /PUBLIC_URL is not set|PUBLIC_URL: is needed/,
      );
      const PUBLIC_URL = 'https://api.example.org';
      expect(readEnv({ ...least, HOST, PUBLIC_URL })).toMatchObject({
        host: HOST,
        publicUrl: PUBLIC_URL,
      });
    },
  );

  it.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1:80,http://[::1]:3000', false],
    ['http://[::1]:3000', true],
    ['http://localhost:3000/', false],
    ['https://dashboard.example.org', true],
    ['http://dashboard.example.org', false],
    ['*', false],
  ])('the origin %s: allowed %s', (WEB_ORIGIN, allowed) => {
    const read = () => readEnv({ ...least, WEB_ORIGIN });
    if (allowed) {
      expect(read().webOrigins).toEqual([WEB_ORIGIN]);
    } else {
      expect(read).toThrow(/WEB_ORIGIN: an origin is/);
    }
  });

  it.each([
    ['https://api.example.org', true],
    ['https://api.example.org/', true],
    ['http://127.0.0.1:4000', true],
    ['http://api.example.org', false],
    ['https://api.example.org/graphql', false],
  ])('the public address %s: allowed %s', (PUBLIC_URL, allowed) => {
    const read = () => readEnv({ ...least, PUBLIC_URL });
    if (allowed) {
      expect(read().publicUrl).toBe(PUBLIC_URL.replace(/\/$/, ''));
    } else {
      expect(read).toThrow(/PUBLIC_URL: https:/);
    }
  });

  it.each(['', 'short', 'x'.repeat(31)])('refuses the secret "%s"', (API_SECRET) => {
    expect(() => readEnv({ ...least, API_SECRET })).toThrow(/API_SECRET/);
  });

  it('takes an OpenID Connect provider whole or not at all', () => {
    const OIDC_ISSUER = 'https://id.example.org';
    expect(() => readEnv({ ...least, OIDC_ISSUER })).toThrow(/OIDC_CLIENT_ID.*OIDC_CLIENT_SECRET/);
    const set = { ...least, OIDC_ISSUER, OIDC_CLIENT_ID: 'me', OIDC_CLIENT_SECRET: 'hush' };
    expect(readEnv(set).openId).toEqual({
      issuer: OIDC_ISSUER,
      clientId: 'me',
      clientSecret: 'hush',
      name: 'OpenID Connect',
    });
  });

  it('reads how webhooks are sent', () => {
    const { webhooks } = readEnv({
      ...least,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_RETRY_SECONDS: '0.5,3',
    });
    expect(webhooks).toEqual({ allowPrivate: true, retryMilliseconds: [500, 3000] });
    expect(() => readEnv({ ...least, WEBHOOK_RETRY_SECONDS: '1,soon' })).toThrow(
      /WEBHOOK_RETRY_SECONDS/,
    );
  });

  it('names every variable that is missing or wrong', () => {
    expect(() => readEnv({ PORT: '70000', LOG_LEVEL: 'loud' })).toThrow(
      /DATABASE_URL is not set; STATE_FOLDER is not set; PORT: .*; API_SECRET is not set; LOG_LEVEL: /,
    );
  });

  it('takes limits from the environment, and refuses what is no limit', () => {
    const { limits, statementTimeoutSeconds, documentsFile } = readEnv({
      ...least,
      OPERATION_COST: '500',
      DOCUMENTS_ONLY: 'true',
      STATEMENT_TIMEOUT_SECONDS: '2.5',
      PERSISTED_DOCUMENTS: '/documents.json',
    });
    expect(limits).toEqual({ ...usualLimits, operationCost: 500, documentsOnly: true });
    expect([statementTimeoutSeconds, documentsFile]).toEqual([2.5, '/documents.json']);
    expect(() => readEnv({ ...least, COST_PER_MINUTE: '0' })).toThrow('COST_PER_MINUTE');
    expect(() => readEnv({ ...least, DOCUMENTS_ONLY: 'maybe' })).toThrow('DOCUMENTS_ONLY');
  });
});
