import { readdirSync, readFileSync } from 'node:fs';
import { searchSpec } from '@blockwise/contracts';
import { buildSchema, type DefinitionNode, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { commands } from './cli/commands.ts';
import { readInvocation } from './cli/invocation.ts';

/* What the pages under docs/ show is what there is; that about the schema is made from it. */
const folder = new URL('../../../docs/', import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'schema.md')
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const docs = pages.map(({ text }) => text).join('\n');
const sdl = readFileSync(new URL('../../../apps/api/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl);

function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
}

function blocks(language: string): { page: string; text: string }[] {
  return pages.flatMap(({ name, text }) =>
    blocksOf(text, language).map((block) => ({ page: name, text: block })),
  );
}

describe('operations', () => {
  const operations = blocks('graphql').flatMap(({ page, text }) =>
    parse(text).definitions.map((operation) => ({ page, operation, name: named(operation) })),
  );

  test.each(operations)('$page: $name is valid', ({ operation }) => {
    const errors = validate(schema, { kind: Kind.DOCUMENT, definitions: [operation] });
    expect(errors.map(({ message }) => message)).toEqual([]);
  });

  test('every query and mutation is named', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect(fields.filter((name) => !docs.includes(name))).toEqual([]);
  });
});

describe('command lines', () => {
  const lines = blocks('sh')
    .flatMap(({ page, text }) => text.split('\n').map((line) => ({ page, line })))
    .map(({ page, line }) => ({
      page,
      line: line.replace('npm run --silent blockwise --', 'blockwise'),
    }))
    // `blockwise doctor` is `npm run doctor`: it does not speak to the API.
    .filter(({ line }) => /^blockwise (?!doctor)/.test(line))
    .map(({ page, line }) => ({ page, line: line.replace(/ +#.*| > .*/g, '') }));

  test.each(lines)('$page: $line', ({ line }) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
    const { command } = readInvocation(commands, words.slice(1).map(String), {});
    expect(command).toBeDefined();
  });

  test('show every command', () => {
    const shown = lines.map(({ line }) => line.split(' ')[1]);
    expect(commands.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe('specifications', () => {
  const { text: api = '' } = pages.find(({ name }) => name === 'api.md') ?? {};
  const [whole = '', teachers = '', paper = ''] = blocksOf(api, 'yaml');

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
