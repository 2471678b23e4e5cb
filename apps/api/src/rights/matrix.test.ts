import { randomUUID } from 'node:crypto';
import { auditSpec } from '@blockwise/contracts';
import { createToken, invite, localTeamId } from '@blockwise/db';
import { type GraphQLField, getNamedType, isLeafType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../schema/global-id.ts';
import { schema } from '../schema/schema.ts';
import { encodeTrainerId } from '../schema/trainer-id.ts';
import { type Known, literalArguments } from '../testing/literal-arguments.ts';
import { bringPeople, type People, type Person, people } from '../testing/people.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, specInput, startSearch } from '../testing/test-search.ts';
import { operationRights } from './operations.ts';
import type { Right } from './right.ts';

/*
 * Who may do what, tried: every operation of the schema by everybody, on things that a team keeps to
 * itself. A cell says whether the server let the call through to its work (whatever came of it) or
 * refused it for who asks. The whole table is kept beside this file and read by people.
 */

let api: TestApi;
let all: People;
let known: (operation: string) => Known;

beforeAll(async () => {
  api = await startTestApi();
  const search = await startSearch(api, { ...specInput, name: 'matrix' });
  await playThrough(api.platform, 'retrain');
  all = await bringPeople(api.platform.db);
  known = await knownThings(api, search);
  for (const table of deletable) {
    const rows = await api.platform.db.prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb("${table}")::text AS row FROM "${table}"`,
    );
    for (const { row } of rows) kept.push({ table, row });
  }
});
afterAll(() => api.close());

/** Tables whose rows operations delete, each after those that it refers to. */
const deletable = [
  'search_space',
  'webhook',
  'webhook_delivery',
  'leaderboard',
  'entry',
  'leaderboard_event',
];
const kept: { table: string; row: string }[] = [];

/** Puts back what a call may have deleted or used up. */
async function bringBack(): Promise<void> {
  const { prisma } = api.platform.db;
  await all.restore();
  await prisma.invitation.updateMany({ data: { acceptedAt: null } });
  for (const { table, row } of kept) {
    await prisma.$executeRawUnsafe(
      `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(null::"${table}", $1::jsonb)
        ON CONFLICT DO NOTHING`,
      row,
    );
  }
}

/** Literals for arguments by their names. */
async function knownThings(of: TestApi, search: string): Promise<typeof known> {
  const { db } = of.platform;
  const row = await db.prisma.search.findFirstOrThrow({ include: { cells: true, networks: true } });
  const job = await db.prisma.job.findFirstOrThrow({ where: { kind: 'retrain' } });
  const trainer = await db.prisma.token.findFirstOrThrow({ where: { scopes: { has: 'TRAIN' } } });
  // It took this job once, so that what it writes is refused only because the job has gone on.
  const taken = await db.prisma.job.create({
    data: {
      ...{ searchId: row.id, kind: 'retrain', state: 'FAILED', attempt: 2 },
      queueJobId: randomUUID(),
    },
  });
  const { jobId: _, ...run } = await db.prisma.run.findFirstOrThrow();
  await db.prisma.run.create({
    data: { ...run, versions: {}, jobId: taken.id, attempt: 1, tokenId: trainer.id },
  });
  const team = encodeGlobalId('Team', localTeamId);
  const audit = await db.prisma.audit.create({
    data: { searchId: row.id, name: 'matrix', spec: auditSpec.parse({}), state: 'COMPLETE' },
  });
  const expiresAt = new Date(Date.now() + 24 * 3600 * 1000);
  const { token } = await createToken(db, {
    userId: all.users.member,
    teamId: localTeamId,
    name: 'matrix',
    scopes: ['READ'],
    expiresAt,
  });
  const asOwner = of.as(all.tokens.owner);
  const { createWebhook } = await asOwner.ask(
    `mutation { createWebhook(input: { team: "${team}", url: "https://127.0.0.1:9/", events: [] }) { webhook { id } } }`,
  );
  const { pingWebhook } = await asOwner.ask(
    `mutation { pingWebhook(input: { webhook: "${createWebhook.webhook.id}" }) { id } }`,
  );
  const entry = await db.prisma.entry.findFirstOrThrow();
  // Another one, which no call takes the link away from.
  const input = `{ team: "${team}", name: "shared", datasetHash: "${entry.datasetHash}" }`;
  const { createLeaderboard } = await asOwner.ask(
    `mutation { createLeaderboard(input: ${input}) { id } }`,
  );
  const { shareLeaderboard } = await asOwner.ask(
    `mutation { shareLeaderboard(input: { leaderboard: "${createLeaderboard.id}" }) { secret } }`,
  );
  const { invitation, secret } = await invite(db, {
    teamId: localTeamId,
    role: 'VIEWER',
    email: null,
    createdById: all.users.owner,
    expiresAt,
  });
  const { saveSearchSpace } = await asOwner.ask(
    `mutation { saveSearchSpace(input: { team: "${team}", name: "matrix", space: { text: "small-32" } }) { id } }`,
  );
  const things: Record<string, string> = {
    searchSpace: saveSearchSpace.id,
    id: search,
    search,
    ids: `["${search}"]`,
    cell: encodeGlobalId('Cell', row.cells[0]?.id ?? ''),
    network: encodeGlobalId('Network', row.networks[0]?.id ?? ''),
    job: encodeGlobalId('Job', job.id),
    jobs: `["${encodeGlobalId('Job', job.id)}"]`,
    team,
    user: encodeGlobalId('User', all.users.viewer),
    audit: encodeGlobalId('RankingAudit', audit.id),
    token: encodeGlobalId('Token', token.id),
    leaderboard: encodeGlobalId('Leaderboard', entry.leaderboardId),
    entry: encodeGlobalId('Entry', entry.id),
    webhook: createWebhook.webhook.id,
    delivery: pingWebhook.id,
    invitation: encodeGlobalId('Invitation', invitation.id),
  };
  /** Where the name alone does not say it, or it is no id. */
  const words: Record<string, string> = {
    'Mutation.drainTrainer trainer': JSON.stringify(
      encodeGlobalId('Trainer', encodeTrainerId(run.trainerId)),
    ),
    'Query.trainerUse bounds': '["2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"]',
    'Query.audit id': JSON.stringify(things.audit),
    'Query.team id': JSON.stringify(team),
    'Query.leaderboard id': JSON.stringify(things.leaderboard),
    'Query.compare searches': `["${search}", "${search}"]`,
    'Query.compareEntries a': JSON.stringify(things.entry),
    'Query.compareEntries b': JSON.stringify(things.entry),
    'Query.sharedLeaderboard secret': JSON.stringify(shareLeaderboard.secret),
    'Mutation.createLeaderboard datasetHash': JSON.stringify(entry.datasetHash),
    'Mutation.importLeaderboard document': '{}',
    // Either the one or the other.
    'Query.exportCandidates search': 'null',
    'Query.exportCurves search': 'null',
    'Query.rankReport table': '{ csv: "text" }',
    'Query.describeSpace space': '{ text: "text" }',
    'Mutation.completeJob result': '{ retrain: { architecture: "text", top1: 1, sha256: "text" } }',
    'Mutation.requestFeatureMaps samples': '[0]',
    'Mutation.requestFeatureMaps path': 'null',
    'Mutation.retrainNetworks networks': '{ best: {} }',
    'Mutation.acceptInvitation secret': JSON.stringify(secret),
    'Query.checkSearch spec': specLiteral,
    'Query.checkSearch searchSpace': 'null',
    'Mutation.startSearch spec': specLiteral,
    'Mutation.startSearch searchSpace': 'null',
    'Mutation.saveSearchSpace space': '{ text: "text" }',
    // Those who are in several teams, or in another one, mean this one.
    'Mutation.startSearch team': JSON.stringify(team),
  };
  const rights: Record<string, Right> = operationRights;
  const ofTaken = (operation: string, path: string) =>
    path === 'job' && rights[operation]?.who === 'TRAINER'
      ? JSON.stringify(encodeGlobalId('Job', taken.id))
      : undefined;
  return (operation) => (path) => {
    const inside = path.replace(/^input\./, '');
    const word = words[`${operation} ${inside}`] ?? ofTaken(operation, inside);
    const thing = things[inside.split('.').at(-1) ?? ''];
    if (word !== undefined || thing === undefined) return word;
    return thing.startsWith('[') ? thing : JSON.stringify(thing);
  };
}

const specLiteral = `{
  name: "text", dataset: { cifar10: { path: "nowhere" } }, space: "text", retrain: {},
  teacher: { search: { searchId: "nothing" } }
}`;

function operationOf(name: string): string {
  const [typeName = '', fieldName = ''] = name.split('.');
  const type = schema.getType(typeName);
  if (type === undefined || !('getFields' in type)) throw new Error(`no type ${typeName}`);
  const field = type.getFields()[fieldName] as GraphQLField<unknown, unknown>;
  const args = literalArguments(field.args, known(name));
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  const call = `${fieldName}${args === '' ? '' : `(${args})`}${selection}`;
  switch (typeName) {
    case 'Query':
      return `query { ${call} }`;
    case 'Mutation':
      return `mutation { ${call} }`;
    case 'Subscription':
      return `subscription { ${call} }`;
    default:
      return `query { node(id: ${known('Query.team')('id')}) { ... on ${typeName} { ${call} } } }`;
  }
}

const refusals = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/** Whether the call got through to its work. */
async function isLetThrough(name: string, person: Person): Promise<boolean> {
  const query = operationOf(name);
  const { data, errors } = name.startsWith('Subscription.')
    ? await subscribe(query, person)
    : await api.as(all.tokens[person]).post(query);
  const [error] = errors;
  if (error === undefined) return Object.values(data ?? {}).some(isSomething);
  const { code, path = [] } = error.extensions;
  if (code === 'INTERNAL' || (code === 'BAD_INPUT' && path.length === 0)) {
    throw new Error(`${name} was not asked well: ${error.message}`);
  }
  // What may not be seen does not exist: the argument that names it is refused.
  const isUnseen = code === 'NOT_FOUND' && path.length > 0;
  return !refusals.has(code) && !isUnseen;
}

/** Neither null nor a list of nulls. */
function isSomething(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length === 0 || value.some((item) => item !== null)
    : value !== null;
}

async function subscribe(query: string, person: Person) {
  const client = connectTo(api.server, all.tokens[person]);
  try {
    for await (const { data, errors } of client.iterate({ query })) {
      return { data, errors: (errors ?? []) as never[] };
    }
    return { data: { ended: true }, errors: [] };
  } catch (refused) {
    const errors = Array.isArray(refused) ? refused : [];
    return { data: null, errors: errors as never[] };
  } finally {
    await client.dispose();
  }
}

describe('rights', () => {
  it('are as the table says, for everybody and every operation', async () => {
    const lines: string[] = [];
    for (const name of Object.keys(operationRights).sort()) {
      const cells: string[] = [];
      for (const person of people) {
        cells.push((await isLetThrough(name, person)) ? '●' : '·');
        await bringBack();
      }
      lines.push(`| ${name} | ${cells.join(' | ')} |`);
    }
    const head = [
      `| operation | ${people.join(' | ')} |`,
      `|---|${people.map(() => '---').join('|')}|`,
    ];
    const table = `${[...head, ...lines].join('\n')}\n`;
    await expect(table).toMatchFileSnapshot('matrix.snapshot.md');
  }, 300_000);
});
