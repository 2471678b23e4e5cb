import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../limits/operation-limits.ts';
import { encodeGlobalId } from '../schema/global-id.ts';
import { schema } from '../schema/schema.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { specInput, startSearch } from '../testing/test-search.ts';

/* OWASP GraphQL cheat sheet: input validation and injection (SQL, NoSQL, OS, SSRF, paths, markup). */

const hostile = {
  sql: `'; DROP TABLE search; --`,
  'sql in quotes': `" OR "1"="1`,
  nosql: '{"$gt": ""}',
  shell: '$(touch /tmp/owned) `id` | id',
  path: '../../../../etc/passwd',
  'a private address': 'http://169.254.169.254/latest/meta-data/',
  markup: '<script>alert(1)</script>',
  format: '%s%n%x {{7*7}} #{7*7}',
  'the character NUL': 'a\0b',
  'half a surrogate pair': 'a\ud800b',
  'a cursor of nothing': Buffer.from('["searches","x","y"]').toString('base64url'),
  'an id of nothing': encodeGlobalId('Search', '00000000-0000-4000-8000-000000000000'),
} as const;

/** One place of one operation in which a text can be put, and the operation with a text in it. */
interface Place {
  readonly name: string;
  operation(text: string): { query: string; variables: Record<string, unknown> };
}

type Input = GraphQLArgument | GraphQLInputField;

/** Ids of objects that there are, by the names that arguments have for them. */
const ids = new Map<string, string>();

/** A value that an input may have: nothing much. */
function sample(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return sample(type.ofType, name);
  if (isListType(type)) return [sample(type.ofType, name.replace(/s$/, ''))];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (type.name === 'SearchSpecInput') return specInput;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const filled = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(filled.map((field) => [field.name, sample(field.type, field.name)]));
  }
  if (type.name === 'Boolean') return true;
  if (type.name === 'DateTime') return '2030-01-01T00:00:00Z';
  if (type.name === 'ID') return ids.get(name) ?? 'x';
  return type.name === 'String' ? 'small-32' : 1;
}

/** Every text inside of an input, by what puts a value there. Specifications go four levels down. */
function* textsIn(
  type: GraphQLInputType,
  depth = 0,
): Generator<{ path: string; put: (text: string) => unknown }> {
  const named = getNamedType(type);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  if (named.name === 'ID' || named.name === 'String' || named.name === 'JSON') {
    yield { path: '', put: (text) => (isList ? [text] : text) };
  } else if (isInputObjectType(named) && depth < 4) {
    for (const field of Object.values(named.getFields())) {
      for (const { path, put } of textsIn(field.type, depth + 1)) {
        const around = named.isOneOf ? {} : (sample(named, '') as object);
        const value = (text: string) => ({ ...around, [field.name]: put(text) });
        yield {
          path: `.${field.name}${path}`,
          put: (text) => (isList ? [value(text)] : value(text)),
        };
      }
    }
  }
}

function* placesOf(
  kind: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
): Generator<Place> {
  const type = getNamedType(field.type);
  const selection = isCompositeType(type) ? ' { __typename }' : '';
  for (const argument of field.args) {
    for (const { path, put } of textsIn(argument.type)) {
      const args: Input[] = field.args.filter(
        (each) => each === argument || isRequiredArgument(each),
      );
      const declared = args.map(({ name, type: its }) => `$${name}: ${its}`).join(', ');
      const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
      yield {
        name: `${field.name}(${argument.name}${path})`,
        operation: (text) => ({
          query: `${kind} (${declared}) { ${field.name}(${passed})${selection} }`,
          variables: Object.fromEntries(
            args.map((each) => [
              each.name,
              each === argument ? put(text) : sample(each.type, each.name),
            ]),
          ),
        }),
      };
    }
  }
}

const places = [
  ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => [
    ...placesOf('query', field),
  ]),
  ...Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => [
    ...placesOf('mutation', field),
  ]),
];

describe('injection', () => {
  let api: TestApi;
  let searchId: string;
  beforeAll(async () => {
    const limits = { ...usualLimits, costPerMinute: 1e9, requestsPerMinute: 1e9 };
    api = await startTestApi({ limits });
    searchId = await startSearch(api);
    const { search, viewer } = await api.ask(
      'query ($id: ID!) { search(id: $id) { jobs { nodes { id } } blocks { cells { id } } } viewer { user { id } token { id } memberships { team { id } } } }',
      { id: searchId },
    );
    ids.set('id', searchId).set('search', searchId);
    ids.set('job', search.jobs.nodes[0].id).set('cell', search.blocks[0].cells[0].id);

    ids.set('team', viewer.memberships[0].team.id).set('user', viewer.user.id);
  });
  afterAll(() => api.close());

  it('is tried in many places', () => {
    expect(places.length).toBeGreaterThan(60);
  });

  it('what is stored comes back as it was sent', async () => {
    for (const name of [hostile.sql, hostile.markup, hostile.shell, hostile.format]) {
      const id = await startSearch(api, { ...specInput, name });
      const { search } = await api.ask('query ($id: ID!) { search(id: $id) { name } }', { id });
      expect(search.name).toBe(name);
    }
  });

  it.each(Object.entries(hostile))(
    '%s is a value like any other, or is refused, wherever a text can be put',
    async (_kind, text) => {
      const broken: string[] = [];
      for (const { name, operation } of places) {
        const { query, variables } = operation(text);
        const { errors } = await api.post(query, variables);
        const codes = errors.map(({ extensions }) => extensions.code);
        if (codes.includes('INTERNAL') || codes.includes('TIMEOUT')) {
          broken.push(`${name}: ${JSON.stringify(errors)}`);
        }
      }
      expect(broken).toEqual([]);
      const { search } = await api.ask('query ($id: ID!) { search(id: $id) { id } }', {
        id: searchId,
      });
      expect(search.id).toBe(searchId);
    },
  );

  it('cursors and orders are of a closed form', async () => {
    const after = async (cursor: string) =>
      (await api.fail('query ($c: String) { searches(after: $c) { nodes { id } } }', { c: cursor }))
        .extensions;
    for (const cursor of [
      hostile.sql,
      '',
      'e30',
      Buffer.from(`["searches","2026-01-01T00:00:00Z","' OR 1=1"]`).toString('base64url'),
    ]) {
      expect([cursor, await after(cursor)]).toMatchObject([
        cursor,
        { code: 'BAD_INPUT', path: ['after'] },
      ]);
    }
    const { extensions } = await api.fail(
      `{ candidates(cell: "x", orderBy: { field: "loss; DROP TABLE candidate" }) { nodes { loss } } }`,
    );
    expect(extensions.code).toBe('BAD_INPUT');
  });
});
