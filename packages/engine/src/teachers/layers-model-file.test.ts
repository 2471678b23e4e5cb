import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { packLayersModel, readLayersModel, unpackLayersModel } from './layers-model-file.ts';
import { saveModel, smallModel } from './model-testing.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

describe('readLayersModel', () => {
  it('joins the shards, and packs into one file', async () => {
    const model = smallModel();
    const file = await readLayersModel(await saveModel(model));
    expect([...file.weights.keys()].sort()).toEqual(
      model.weights.map(({ originalName }) => originalName).sort(),
    );
    for (const { originalName } of model.weights) {
      const variable = model.weights.find((weight) => weight.originalName === originalName);
      expect(file.weights.get(originalName)?.data).toEqual(variable?.read().dataSync());
    }
    expect(unpackLayersModel(packLayersModel(file))).toEqual(file);
  });

  it('expands quantized weights', async () => {
    const path = await saveModel(smallModel(), 1);
    const specs = [
      { name: 'a', shape: [2], quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
      { name: 'b', shape: [2], quantization: { dtype: 'uint16', scale: 2, min: 0 } },
      { name: 'c', shape: [1], quantization: { dtype: 'float16' } },
      { name: 'd', shape: [], group: 'model' },
    ].map((spec) => ({ ...spec, dtype: 'float32' }));
    const bytes = Buffer.from([4, 255, 1, 0, 0, 1, 0, 0x3c, 0, 0, 0, 0x40]);
    writeFileSync(join(dirname(path), 'w.bin'), bytes);
    change(path, (json) => ({ ...json, weightsManifest: [{ paths: ['w.bin'], weights: specs }] }));
    const { weights } = await readLayersModel(path);
    expect([...weights].map(([name, { data }]) => [name, ...data])).toEqual([
      ['a', 1, 126.5],
      ['b', 2, 512],
      ['c', 1],
      ['d', 2],
    ]);
  });

  it('leaves out the state of an optimiser', async () => {
    const path = await saveModel(smallModel(), 1);
    change(path, (json) => {
      const [group] = json.weightsManifest as { weights: { name: string; group?: string }[] }[];
      const [first] = group?.weights ?? [];
      if (first !== undefined) first.group = 'optimizer';
      return json;
    });
    const { weights } = await readLayersModel(path);
    expect(weights.has('stem_conv/kernel')).toBe(false);
    expect(weights.has('scores/kernel')).toBe(true);
  });

  it.each([
    ['no JSON', () => 'nothing', 'is not JSON'],
    ['a graph model', () => '{"format":"graph-model"}', 'a frozen graph model'],
    ['something else', () => '{}', 'but something else'],
    ['nothing', () => 'null', 'but something else'],
    ['a shard elsewhere', shards('../w.bin'), 'lies outside of its folder'],
    ['too few bytes', shards('group1-shard1of2.bin'), 'bytes where'],
  ])('refuses %s', async (_, content, message) => {
    const path = await saveModel(smallModel(), 2);
    writeFileSync(path, content(readFileSync(path, 'utf8')));
    await expect(readLayersModel(path)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining(message),
    });
  });

  it('names the file that is missing', async () => {
    const path = await saveModel(smallModel(), 2);
    writeFileSync(path, shards('gone.bin')(readFileSync(path, 'utf8')));
    for (const [file, missing] of [
      [path, 'gone.bin'],
      [`${path}.json`, 'model.json.json'],
    ] as const) {
      await expect(readLayersModel(file)).rejects.toMatchObject({
        code: 'WEIGHTS_NOT_FOUND',
        message: expect.stringContaining(missing),
      });
    }
  });

  it('refuses another file where a packed model is expected', () => {
    expect(() => unpackLayersModel(new Uint8Array(3))).toThrow('not a valid safetensors file');
  });
});

type Json = Record<string, unknown>;

function change(path: string, by: (json: Json) => Json): void {
  writeFileSync(path, JSON.stringify(by(JSON.parse(readFileSync(path, 'utf8')) as Json)));
}

/** A model.json that names one shard. */
function shards(name: string): (text: string) => string {
  return (text) => {
    const json = JSON.parse(text) as { weightsManifest: { paths: string[] }[] };
    const [group] = json.weightsManifest;
    if (group !== undefined) group.paths = [name];
    return JSON.stringify(json);
  };
}
