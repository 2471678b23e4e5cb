import { readFileSync } from 'node:fs';
import { presets, type SearchSpecInput } from '@blockwise/contracts';
import { buildSchema, coerceInputValue, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { toSearchSpecInput } from './search-spec-input.ts';

const sdl = new URL('../../../apps/api/schema.graphql', import.meta.url);
const type = buildSchema(readFileSync(sdl, 'utf8')).getType('SearchSpecInput');

const teachers: SearchSpecInput['teacher'][] = [
  { kind: 'search', searchId: 'abc' },
  { kind: 'timm', architecture: 'resnet50', file: '/r50.safetensors' },
  { kind: 'layersModel', file: '/model.json', cuts: ['a', 'b'] },
  { kind: 'network', networkId: 'abc', width: 1.1, training: { recipe: 'dna-2020@1' } },
];

test.each([
  presets.demo(),
  presets.cifar10('/data/cifar'),
  ...teachers.map((teacher) => ({ ...presets.demo(), teacher })),
])('$name with a teacher $teacher.kind is an input of the API', (spec) => {
  if (!isInputObjectType(type)) throw new Error('the SDL has no SearchSpecInput');
  const faults: string[] = [];
  coerceInputValue(toSearchSpecInput(spec), type, (path, _value, { message }) => {
    faults.push(`${path.join('.')}: ${message}`);
  });
  expect(faults).toEqual([]);
});
