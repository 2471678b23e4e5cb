import { readFileSync } from 'node:fs';
import { searchSpec } from '@blockwise/contracts';
import { buildSchema, type DefinitionNode, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { commands } from './cli/commands.ts';
import { readInvocation } from './cli/invocation.ts';

/* What docs/api.md shows is what there is. */
const docs = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const sdl = readFileSync(new URL('../../../apps/api/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl);

function blocks(language: string): string[] {
  return [...docs.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
}

describe('operations', () => {
  const operations = blocks('graphql').flatMap((text) => parse(text).definitions);

  test.each(operations.map((operation) => [named(operation), operation] as const))(
    '%s is valid',
    (_name, operation) => {
      const errors = validate(schema, { kind: Kind.DOCUMENT, definitions: [operation] });
      expect(errors.map(({ message }) => message)).toEqual([]);
    },
  );

  test('every query and mutation is named', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect(fields.filter((name) => !docs.includes(name))).toEqual([]);
  });
});

describe('command lines', () => {
  const lines = blocks('sh')
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith('blockwise '))
    .map((line) => line.replace(/ +#.*| > .*/g, ''));

  test.each(lines)('%s', (line) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
    const { command } = readInvocation(commands, words.slice(1).map(String), {});
    expect(command).toBeDefined();
  });

  test('show every command', () => {
    const shown = lines.map((line) => line.split(' ')[1]);
    expect(commands.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe('specifications', () => {
  const [whole = '', teachers = '', paper = ''] = blocks('yaml');

  test('the first shows every field with its default', () => {
    const { name, dataset, teacher, space, retrain, ...shown } = parseYaml(whole);
    const { architecture, kind } = teacher;
    const filled = searchSpec.parse({
      name,
      dataset,
      teacher: { kind, architecture, training: {} },
      space,
      retrain: {},
    });
    expect({ name, dataset, teacher, space, retrain, ...shown }).toEqual(filled);
  });

  test.each(teachers.trim().split('\n'))('%s', (line) => {
    const { teacher } = parseYaml(line);
    const spec = searchSpec.safeParse({ ...parseYaml(whole), teacher });
    expect(spec.error?.issues ?? []).toEqual([]);
  });

  test("the paper's is one", () => {
    expect(searchSpec.safeParse(parseYaml(paper)).error?.issues ?? []).toEqual([]);
  });
});

function named(operation: DefinitionNode): string {
  return rootFields(operation).join(', ');
}

function rootFields(definition: DefinitionNode): string[] {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
  return definition.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
}
