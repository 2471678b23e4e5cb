import { presets, type SearchSpecInput, searchSpec, toInputForm } from '@blockwise/contracts';
import { coerceInputValue, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseSpecInput, shownSpec } from '../spec-input.ts';
import { alternatives, fullSpec } from '../testing/full-spec.ts';
import { encodeGlobalId } from './global-id.ts';
import { schema } from './schema.ts';

/** What `startSearch` reads of an input: enums and defaults by GraphQL, the rest by the API. */
function read(input: unknown) {
  const type = schema.getType('SearchSpecInput');
  if (!isInputObjectType(type)) throw new Error('SearchSpecInput is missing');
  return parseSpecInput(coerceInputValue(JSON.parse(JSON.stringify(input)), type));
}

describe('a specification comes through the API as it is', () => {
  const specs: [string, SearchSpecInput][] = [
    ['demo', presets.demo()],
    ['cifar10', presets.cifar10('/images')],
    ['every field', fullSpec],
    ...alternatives.dataset.map((dataset): [string, SearchSpecInput] => [
      dataset.kind,
      { ...fullSpec, dataset },
    ]),
    ...alternatives.teacher.map((teacher): [string, SearchSpecInput] => [
      teacher.kind,
      { ...fullSpec, teacher },
    ]),
  ];

  it.each(specs)('%s', (_name, spec) => {
    expect(read(toInputForm(searchSpec, spec))).toEqual(searchSpec.parse(spec));
  });

  it.each([
    [{ kind: 'search', searchId: id('Search') }],
    [{ kind: 'network', networkId: id('Network'), width: 1.5, depth: 2, training: { epochs: 3 } }],
  ] as const)('with the row of another one, shown by its opaque id: %o', (teacher) => {
    const spec = { ...fullSpec, teacher };
    const stored = read(toInputForm(searchSpec, spec));
    expect(JSON.stringify(stored)).toContain(rowIdOfTest);
    expect(shownSpec(stored)).toEqual(searchSpec.parse(spec));
  });

  it('sets every field there is, each to something else than its default', () => {
    const { distil: _, rating: __, constraints, solve: ___, latency: ____, ...rest } = fullSpec;
    const bare = searchSpec.parse({
      ...rest,
      seed: undefined,
      normalisation: undefined,
      ratingPerClass: undefined,
      features: undefined,
      onOutOfMemory: undefined,
      retrain: {},
      teacher: { ...rest.teacher, training: {} },
      dataset: { kind: 'procedural', trainPerClass: 40, testPerClass: 10 },
    });
    const full = new Map(leaves(searchSpec.parse(fullSpec)));
    const defaults = new Map(leaves(bare));
    const required = ['name', 'kind', 'architecture', 'space', 'trainPerClass', 'testPerClass'];
    const same = [...defaults].filter(
      ([path, value]) =>
        JSON.stringify(full.get(path)) === JSON.stringify(value) &&
        !required.includes(path.split('.').at(-1) ?? ''),
    );
    expect(same).toEqual([]);
    expect(Object.keys(constraints)).toEqual(
      Object.keys(searchSpec.shape.constraints.unwrap().shape),
    );
    expect(Object.keys(fullSpec.retrain).sort()).toEqual(
      Object.keys(searchSpec.shape.retrain.shape).sort(),
    );
  });

  it('fills in the defaults of the schema, for absent fields and for nulls', () => {
    const { name, dataset, teacher, space } = fullSpec;
    const minimal = { name, dataset, teacher, space, retrain: {} };
    const parsed = searchSpec.parse(minimal);
    const input = toInputForm(searchSpec, minimal) as Record<string, unknown>;
    expect(read(input)).toEqual(parsed);
    const nulls = { seed: null, distil: { epochs: null, loss: null }, constraints: null };
    expect(read({ ...input, ...nulls })).toEqual(parsed);
  });
});

const rowIdOfTest = '00000000-0000-4000-8000-000000000001';

function id(name: 'Search' | 'Network'): string {
  return encodeGlobalId(name, '00000000-0000-4000-8000-000000000001');
}

/** Every value that is no object, by its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}
