import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const least = { DATABASE_URL: 'postgresql://localhost/blockwise', STATE_FOLDER: 'state' };

test('two variables are enough', () => {
  expect(readEnv(least)).toMatchObject({
    artifactPlace: { kind: 'folder', folder: path.resolve('state/artifacts') },
    cacheFolder: path.resolve('state/cache'),
    slots: availableParallelism(),
    engine: 'auto',
    engineOptions: {},
  });
  const gpu = { ...least, DEVICE: '1', ALLOW_SOFTWARE_GPU: 'true' };
  expect(readEnv(gpu).engineOptions).toEqual({ device: 1, allowSoftware: true });
});

test('a trainer by the API needs its address and a token, and no database', () => {
  const apart = { STATE_FOLDER: 'state', API_URL: 'https://api.example.org', API_TOKEN: 'secret' };
  expect(readEnv({ ...apart, DATABASE_URL: least.DATABASE_URL })).toMatchObject({
    databaseUrl: undefined,
    api: { url: 'https://api.example.org/graphql', token: 'secret' },
    pollSeconds: 5,
  });
  const url = 'https://example.org/api/graphql';
  expect(readEnv({ ...apart, API_URL: url }).api?.url).toBe(url);
  expect(() => readEnv({ ...apart, API_TOKEN: '' })).toThrow('API_TOKEN is not set.');
  expect(() => readEnv({ ...apart, API_URL: 'example.org' })).toThrow('API_URL: ');
});

test('every missing variable is named', () => {
  expect(() => readEnv({})).toThrow('DATABASE_URL is not set; STATE_FOLDER is not set.');
});

test('slots leave cores to the threads that decode images, one at least', () => {
  const cores = availableParallelism();
  expect(readEnv({ ...least, SLOTS: '1' }).imageThreads).toBe(Math.max(1, cores - 1));
  expect(readEnv({ ...least, SLOTS: String(cores) }).imageThreads).toBe(1);
  expect(readEnv({ ...least, IMAGE_THREADS: '5' }).imageThreads).toBe(5);
  const { imageMemoryBytes } = readEnv(least);
  expect(imageMemoryBytes).toBeGreaterThan(0);
  expect(imageMemoryBytes).toBeLessThanOrEqual(8 * 2 ** 30);
  expect(readEnv({ ...least, IMAGE_MEMORY_MB: '3' }).imageMemoryBytes).toBe(3 * 2 ** 20);
});

test.each([
  ['SLOTS', '0'],
  ['SLOTS', 'two'],
  ['IMAGE_THREADS', '0'],
  ['HEARTBEAT_SECONDS', '-1'],
  ['ENGINE', 'abacus'],
  ['DEVICE', '-1'],
  ['DEVICE', 'first'],
  ['ALLOW_SOFTWARE_GPU', 'perhaps'],
  ['DATABASE_URL', 'mysql://localhost/blockwise'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnv({ ...least, [name]: value })).toThrow(`${name}: `);
});

test('a variable set to nothing counts as not set', () => {
  expect(readEnv({ ...least, SLOTS: '' }).slots).toBe(availableParallelism());
  expect(() => readEnv({ ...least, STATE_FOLDER: '' })).toThrow('STATE_FOLDER is not set');
});
