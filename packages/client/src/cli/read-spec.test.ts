import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { presets, searchSpec } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readSpec } from './read-spec.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test('JSON and YAML say the same', async () => {
  const demo = presets.demo();
  const expected = searchSpec.parse(demo);
  expect(await readSpec({ preset: 'demo' })).toEqual(expected);
  expect(await readSpec({ spec: await fileOf('a.json', JSON.stringify(demo)) })).toEqual(expected);
  expect(await readSpec({ spec: await fileOf('a.yaml', stringify(demo)) })).toEqual(expected);
});

test('a relative folder of images becomes absolute', async () => {
  const spec = await readSpec({ preset: 'cifar10', data: 'images' });
  expect(spec.dataset).toMatchObject({ path: path.resolve('images') });
});

test('name, space and single fields replace what the source says', async () => {
  const spec = await readSpec({
    preset: 'demo',
    name: 'mine',
    space: 'dna-multi',
    set: ['distil.strategy=s1', 'distil.epochs=[1, 2, 3]', 'retrain.seeds=3', 'solve.lambdas=null'],
  });
  expect(spec).toMatchObject({
    name: 'mine',
    space: 'dna-multi',
    distil: { strategy: 's1', epochs: [1, 2, 3], batch: presets.demo().distil?.batch },
    retrain: { seeds: 3, networks: presets.demo().retrain.networks },
    solve: { lambdas: null },
  });
});

test('what is wrong is said in one line, with the field', async () => {
  const wrong = await fileOf('spec.json', JSON.stringify({ ...presets.demo(), seed: -1 }));
  await expect(readSpec({ spec: wrong })).rejects.toThrow(/spec\.json: seed: /);
  await expect(readSpec({ preset: 'demo', set: ['distil.loss=l2'] })).rejects.toThrow(
    /demo: distil\.loss: /,
  );
  const broken = await fileOf('broken.json', '{ broken');
  await expect(readSpec({ spec: broken })).rejects.toThrow(/broken\.json cannot be read/);
  const text = await fileOf('text.yaml', 'just a text');
  await expect(readSpec({ spec: text })).rejects.toThrow(/holds no specification/);
  await expect(readSpec({ spec: path.join(folder, 'none') })).rejects.toThrow(/ENOENT/);
  await expect(readSpec({ preset: 'demo', spec: wrong })).rejects.toThrow(/not both/);
  await expect(readSpec({})).rejects.toThrow(/needs --preset/);
  await expect(readSpec({ preset: 'cifar10' })).rejects.toThrow(/needs --data/);
  await expect(readSpec({ preset: 'demo', set: ['seed'] })).rejects.toThrow(/FIELD=VALUE/);
});
