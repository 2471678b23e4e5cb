import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const least = {
  DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/blockwise',
  STATE_FOLDER: 'state',
};

describe('readEnv', () => {
  it('needs the database and the state folder only', () => {
    expect(readEnv({ ...least, PORT: '' })).toEqual({
      databaseUrl: least.DATABASE_URL,
      artifactFolder: path.resolve('state/artifacts'),
      port: 4000,
      host: '127.0.0.1',
      webOrigins: ['http://127.0.0.1:3000', 'http://localhost:3000'],
      heartbeatSeconds: 60,
      expireSeconds: 86_400,
      monitorSeconds: 30,
      databasePoolSize: 10,
      logLevel: 'info',
    });
  });

  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('serves on %s', (HOST) => {
    expect(readEnv({ ...least, HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.0.0.1.example.org', '127.0.0.256'])(
    'refuses to serve on %s',
    (HOST) => {
      expect(() => readEnv({ ...least, HOST })).toThrow(/HOST: only a loopback address/);
    },
  );

  it.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1:80,http://[::1]:3000', false],
    ['http://[::1]:3000', true],
    ['http://localhost:3000/', false],
    ['https://dashboard.example.org', false],
    ['*', false],
  ])('the origin %s: allowed %s', (WEB_ORIGIN, allowed) => {
    const read = () => readEnv({ ...least, WEB_ORIGIN });
    if (allowed) {
      expect(read().webOrigins).toEqual([WEB_ORIGIN]);
    } else {
      expect(read).toThrow(/WEB_ORIGIN: an origin is/);
    }
  });

  it('names every variable that is missing or wrong', () => {
    expect(() => readEnv({ PORT: '70000', LOG_LEVEL: 'loud' })).toThrow(
      /DATABASE_URL is not set; STATE_FOLDER is not set; PORT: .*; LOG_LEVEL: /,
    );
  });
});
