import type { Visibility } from '@blockwise/contracts';
import { createTeam, localTeamId } from '@blockwise/db';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../schema/global-id.ts';
import { schema } from '../schema/schema.ts';
import { bringPeople, type People, type Person } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, specInput, startSearch } from '../testing/test-search.ts';

/*
 * Nodes and edges alike: from everything that somebody may see, every field of every object is
 * followed, and whatever is found on the way has to be something that may be seen. What may be seen is
 * worked out here from rows, not by the code under test.
 */

let api: TestApi;
let all: People;
/** Search row ids by how visible they are; `opened` is private, but one of its networks is public. */
const searches = new Map<Visibility | 'opened', string>();

beforeAll(async () => {
  api = await startTestApi();
  const { db } = api.platform;
  const names = ['PRIVATE', 'TEAM', 'PUBLIC', 'opened'] as const;
  for (const name of names) {
    await startSearch(api, { ...specInput, name });
    await playThrough(api.platform, 'retrain');
  }
  all = await bringPeople(db);
  for (const name of names) {
    const { id } = await db.prisma.search.findFirstOrThrow({ where: { name } });
    searches.set(name, id);
    const visibility = name === 'opened' ? 'PRIVATE' : name;
    const owned = { teamId: localTeamId, createdById: all.users.member };
    const space = await db.prisma.searchSpace.create({
      data: { name, visibility, text: 'small-32', ...owned },
    });
    await db.prisma.search.update({
      where: { id },
      data: {
        ...{ visibility, ...owned, searchSpaceId: space.id },
      },
    });
  }
  const opened = await db.prisma.network.findFirstOrThrow({
    where: { searchId: searches.get('opened') ?? '' },
  });
  await db.prisma.network.update({ where: { id: opened.id }, data: { visibility: 'PUBLIC' } });
  await createTeam(db, { name: 'empty', ownerId: all.users.outsider });
});
afterAll(() => api.close());

/** Which of the four searches somebody may see, as the documentation says it. */
const seen: Partial<Record<Person, readonly (Visibility | 'opened')[]>> = {
  nobody: ['PUBLIC'],
  outsider: ['PUBLIC'],
  operator: ['PUBLIC'],
  viewer: ['PUBLIC', 'TEAM'],
  maintainer: ['PUBLIC', 'TEAM'],
  member: ['PUBLIC', 'TEAM', 'PRIVATE', 'opened'],
  owner: ['PUBLIC', 'TEAM', 'PRIVATE', 'opened'],
};

/** Every field that can be asked for without arguments; of objects no more than what they are. */
function selectionOf(type: GraphQLObjectType, depth = 0): string {
  const fields = Object.values(type.getFields()).flatMap((field) => selected(field, depth));
  return fields.length === 0 ? '__typename' : fields.join(' ');
}

function selected(field: GraphQLField<unknown, unknown>, depth: number): string[] {
  if (field.args.some(isRequiredArgument)) return [];
  const type = getNamedType(field.type);
  if (isScalarType(type) || isEnumType(type)) return [field.name];
  if (!isObjectType(type)) return [];
  const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
  if (isNode) return [`${field.name} { id }`];
  return depth > 2 ? [] : [`${field.name} { ${selectionOf(type, depth + 1)} }`];
}

const selections = new Map(
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
    .map((type) => [type.name, selectionOf(type)]),
);

/** Opaque ids in any answer. */
function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) idsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    const { id } = value as { id?: unknown };
    if (typeof id === 'string') found.add(id);
    for (const item of Object.values(value)) idsIn(item, found);
  }
  return found;
}

/** Everything that can be reached from ids, with what it was reached from. */
async function crawl(person: Person, from: readonly string[]): Promise<Map<string, string>> {
  const caller = api.as(all.tokens[person]);
  const reached = new Map<string, string>();
  let open = from.map((id) => ({ id, by: 'the start' }));
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { id, by } of open) {
      if (reached.has(id)) continue;
      const { typename } = decodeGlobalId(id);
      const query = `query ($id: ID!) { node(id: $id) { id ... on ${typename} { ${selections.get(typename)} } } }`;
      const { data, errors } = await caller.post(query, { id });
      const broken = errors.filter(({ extensions }) => extensions.code === 'INTERNAL');
      expect(broken, `${typename} as ${person}`).toEqual([]);
      if (data?.node === null || data === undefined || data === null) continue;
      reached.set(id, by);
      for (const found of idsIn(data.node)) next.push({ id: found, by: typename });
    }
    open = next;
  }
  return reached;
}

/** The search that a row belongs to; null for what belongs to none. */
async function searchOf(id: string): Promise<string | null> {
  const { typename, id: row } = decodeGlobalId(id);
  const { prisma } = api.platform.db;
  const uuid = row.slice(0, 36);
  switch (typename) {
    case 'Search':
      return uuid;
    case 'SearchSpace': {
      // One for each search, saved by whoever started it.
      const space = await prisma.searchSpace.findUniqueOrThrow({ where: { id: uuid } });
      return searches.get(space.name as Visibility) ?? null;
    }
    case 'Cell':
      return (await prisma.cell.findUniqueOrThrow({ where: { id: uuid } })).searchId;
    case 'Job':
      return (await prisma.job.findUniqueOrThrow({ where: { id: uuid } })).searchId;
    case 'Network':
      return (await prisma.network.findUniqueOrThrow({ where: { id: uuid } })).searchId;
    case 'Retraining': {
      const retraining = await prisma.retraining.findUniqueOrThrow({
        where: { id: uuid },
        include: { network: true },
      });
      return retraining.network.searchId;
    }
    default:
      return null;
  }
}

async function everything(): Promise<string[]> {
  const { prisma } = api.platform.db;
  return [
    ...(await prisma.search.findMany()).map(({ id }) => encodeGlobalId('Search', id)),
    ...(await prisma.searchSpace.findMany()).map(({ id }) => encodeGlobalId('SearchSpace', id)),
    ...(await prisma.cell.findMany()).map(({ id }) => encodeGlobalId('Cell', id)),
    ...(await prisma.job.findMany()).map(({ id }) => encodeGlobalId('Job', id)),
    ...(await prisma.network.findMany()).map(({ id }) => encodeGlobalId('Network', id)),
    ...(await prisma.retraining.findMany()).map(({ id }) => encodeGlobalId('Retraining', id)),
    ...(await prisma.leaderboard.findMany()).map(({ id }) => encodeGlobalId('Leaderboard', id)),
    ...(await prisma.entry.findMany()).map(({ id }) => encodeGlobalId('Entry', id)),
    ...(await prisma.token.findMany()).map(({ id }) => encodeGlobalId('Token', id)),
    ...(await prisma.team.findMany()).map(({ id }) => encodeGlobalId('Team', id)),
    ...(await prisma.trainer.findMany()).map(({ id }) =>
      encodeGlobalId('Trainer', Buffer.from(id).toString('base64url')),
    ),
    ...(await prisma.user.findMany()).map(({ id }) => encodeGlobalId('User', id)),
  ];
}

describe('what may be seen', () => {
  it.each(Object.entries(seen))('%s: %s', async (person, visible) => {
    const { prisma } = api.platform.db;
    const mayBeSeen = new Set(visible.map((name) => searches.get(name)));
    const opened = await prisma.network.findFirstOrThrow({ where: { visibility: 'PUBLIC' } });
    const ofOpened = new Set([
      encodeGlobalId('Network', opened.id),
      ...(await prisma.retraining.findMany({ where: { networkId: opened.id } })).map(({ id }) =>
        encodeGlobalId('Retraining', id),
      ),
      ...(await prisma.job.findMany({ where: { networkId: opened.id } })).map(({ id }) =>
        encodeGlobalId('Job', id),
      ),
    ]);
    const reached = await crawl(person as Person, await everything());
    const wrong: string[] = [];
    const found = new Set<string>();
    for (const [id, by] of reached) {
      const search = await searchOf(id);
      if (search !== null) found.add(search);
      if (search !== null && !mayBeSeen.has(search) && !ofOpened.has(id)) {
        wrong.push(`${decodeGlobalId(id).typename} from ${by}`);
      }
    }
    expect(wrong).toEqual([]);
    for (const search of mayBeSeen) expect(found).toContain(search);
    expect([...ofOpened].filter((id) => !reached.has(id))).toEqual([]);
  });

  it('people of other teams: their names, and nothing else', async () => {
    const query = '{ viewer { user { id } } }';
    const { viewer } = await api.as(all.tokens.outsider).ask(query);
    const read =
      'query ($id: ID!) { node(id: $id) { ... on User { name email tokens { totalCount } } } }';
    const { node } = await api.as(all.tokens.member).ask(read, { id: viewer.user.id });
    expect(node).toEqual({ name: 'OUTSIDER', email: null, tokens: { totalCount: 0 } });
  });
});
