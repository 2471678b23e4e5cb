import { ensureOwner, localTeamId, openDatabase, principalOfUser } from '@blockwise/db';
import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContextFactory } from '../context.ts';
import { openEventHub, openLeaderboardHub, openTrainerHub } from '../events/hub.ts';
import { LinkSigner } from '../links/link-signer.ts';
import { createLog } from '../log.ts';
import { viewerOf } from '../rights/viewer.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { Solver } from '../solving/solver.ts';
import { statementInShort } from '../testing/statement-in-short.ts';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';
import {
  playExport,
  playLatency,
  playRetrain,
  playThrough,
  specInput,
  startSearch,
} from '../testing/test-search.ts';
import { openSecretBox } from '../webhooks/secret-box.ts';
import { encodeGlobalId } from './global-id.ts';
import { schema } from './schema.ts';

/* What lists cost in statements: the same however many they have. */

const local = encodeGlobalId('Team', localTeamId);

const lists = {
  'searches and what made them': `searches(first: 100) { nodes { name team { name } createdBy { name } dataset { hash } teacher { top1 } } }`,
  'searches with their figures': `searches(first: 100) { nodes { bestTop1 gpuSeconds progress } }`,
  'searches → blocks → cells → best': `searches(first: 100) { nodes { blocks { cells {
    state best { path layers } distilJob { state } rateJob { state } } } } }`,
  'searches → jobs → runs': `searches(first: 100) { nodes { jobs { totalCount nodes { curveKeys
    cell { index } network { loss } retraining { seed } runs { trainer } } } } }`,
  'searches → networks → retrainings → exports': `searches(first: 100) { nodes { networks { totalCount nodes {
    search { name } audit { name } cutJob { state } exports { id }
    retrainings { seed differences { field } job { state } network { loss } } } } } }`,
  'searches → networks → candidates and runner-ups': `searches(first: 100) { nodes { networks { nodes {
    candidates { rank } runnerUps { gap latencyMs breaks } } } } }`,
  'searches → networks by state': `searches(first: 100) { nodes { networks(
    origin: AUDIT, filter: { states: [COMPLETE], macs: { min: 1 } }, orderBy: { field: TOP1 }) { nodes { top1 } } } }`,
  'searches → audits → networks': `searches(first: 100) { nodes { audits(filter: { states: [RUNNING, COMPLETE] }) { totalCount
    nodes { state networks { top1 } } } } }`,
  'searches → latency tables': `searches(first: 100) { nodes { latencyTables { totalCount
    nodes { engine job { state } } } } }`,
  'queue → jobs → search and cell': `queue { waiting trainers { slots }
    jobs(first: 100) { totalCount nodes { search { name } cell { index } } } }`,
  'trainers → jobs → search': `trainers(first: 100) { nodes { state busySlots versions jobs { search { name } cell { index } progress { done } } } }`,
  'use of trainers by teams': `trainerUse(bounds: ["2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]) { team { name } seconds }`,
  'teams → members → user': `teams(first: 100) { nodes { name members { role user { name } } } }`,
  'leaderboards → entries → network → search': `leaderboards(first: 100) { nodes { entryCount team { name }
    leader { top1 } entries { nodes { rank network { loss search { name } } verification { state } } } } }`,
  'leaderboards → history': `leaderboards(first: 100) { nodes { history { totalCount nodes { since entry { top1 } } } } }`,
  'searches → requested networks → retrainings': `searches(first: 100) { nodes {
    networks(origin: REQUESTED, orderBy: { field: CREATED_AT }) { nodes { state retrainings { seed } } } } }`,
  'teams → tokens': `teams(first: 100) { nodes { tokens(activeOnly: true) { totalCount nodes { name } } } }`,
  'teams → invitations': `teams(first: 100) { nodes { invitations { email createdBy { name } } } }`,
  'teams → audit log': `teams(first: 100) { nodes { auditLog(first: 20) { totalCount nodes { action user { name } } } } }`,
  'teams → webhooks → deliveries': `teams(first: 100) { nodes { webhooks { totalCount nodes {
    url deliveries { nodes { state } } } } } }`,
  'webhooks → deliveries': `webhooks(team: "${local}", first: 100) { nodes { url deliveries(first: 5) { totalCount nodes { id } } } }`,
} as const;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** The statements of one operation of the owner, in short and sorted. */
async function statementsOf(source: string): Promise<string[]> {
  const { db, queue, url } = api.platform;
  const { owner } = await ensureOwner(db);
  const principal = await principalOfUser(db, owner.id);
  const statements: string[] = [];
  const database = await openDatabase({
    url,
    applicationName: 'blockwise test of statements',
    onStatement: (sql) => statements.push(sql),
  });
  const hub = await openEventHub(database, url, () => {});
  const leaderboardHub = await openLeaderboardHub(database, url, () => {});
  const trainerHub = await openTrainerHub(database, url, () => {});
  const contextValue = createContextFactory({
    database,
    queue,
    hub,
    leaderboardHub,
    trainerHub,
    solver: new Solver(),
    log: createLog('silent'),
    links: new LinkSigner('a secret of the tests, long enough'),
    artifacts: api.artifacts,
    webhooks: { secrets: openSecretBox('a secret of the tests'), allowPrivate: false },
    recheckMilliseconds: 10_000,
    signIn: createSignIn(database, {
      publicUrl: 'http://127.0.0.1',
      secret: 'a secret of the tests, long enough',
      webOrigins: [testOrigin],
      signUp: 'INVITED',
    }),
  })({ viewer: viewerOf(principal), ip: null, headers: new Headers() });
  statements.length = 0;
  const { errors } = await graphql({ schema, source, contextValue });
  const told = statements.map(statementInShort);
  await hub.close();
  await leaderboardHub.close();
  await trainerHub.close();
  await database.close();
  expect(errors).toBeUndefined();
  return told.sort();
}

/** One more of everything that lists have. */
async function grow(): Promise<void> {
  const search = await startSearch(api, specInput, await growTeam());
  await playThrough(api.platform, 'retrain');
  const start = `mutation { startAudit(input: { search: "${search}", spec: { networks: 4 } }) { id } }`;
  await api.ask(start);
  for (let i = 0; i < 4; i++) await playRetrain(api.platform, 0.5);
  await api.ask(`mutation { measureLatency(input: { search: "${search}", latency: {} }) { id } }`);
  await playLatency(api.platform);
  const { searches } = await api.ask(
    '{ searches(first: 1) { nodes { networks { nodes { id } } team { id } } } }',
  );
  const [{ networks, team }] = searches.nodes;
  await api.ask(`mutation { exportNetwork(input: { network: "${networks.nodes[0].id}" }) { id } }`);
  await playExport(api);
  const retrain = `retrainNetworks(input: { search: "${search}", networks: { best: { networks: 1 } } })`;
  await api.ask(`mutation { ${retrain} { id } }`);
  await playRetrain(api.platform, 0.6);
  const { prisma } = api.platform.db;
  const user = await prisma.user.create({
    data: { name: 'one more', email: `${search}@example.org` },
  });
  await prisma.membership.create({
    data: { teamId: localTeamId, userId: user.id, role: 'VIEWER' },
  });
  const { datasetHash } = await prisma.entry.findFirstOrThrow();
  const board = `{ team: "${team.id}", name: "board ${search.slice(-12)}", datasetHash: "${datasetHash}" }`;
  await api.ask(`mutation { createLeaderboard(input: ${board}) { id } }`);
  const hook = `createWebhook(input: { team: "${local}", url: "https://example.org/", events: [] })`;
  const { createWebhook } = await api.ask(`mutation { ${hook} { webhook { id } } }`);
  await api.ask(
    `mutation { pingWebhook(input: { webhook: "${createWebhook.webhook.id}" }) { id } }`,
  );
}

/** One more team with a token, an invitation and a webhook of its own. */
async function growTeam(): Promise<string> {
  const name = `team ${await api.platform.db.prisma.team.count()}`;
  const { createTeam: team } = await api.ask(
    `mutation { createTeam(input: { name: "${name}" }) { id } }`,
  );
  const token = `createToken(input: { team: "${team.id}", name: "t", scopes: [READ] })`;
  await api.ask(`mutation { ${token} { secret } }`);
  const invitation = `inviteMember(input: { team: "${team.id}", email: "a@example.org" })`;
  await api.ask(`mutation { ${invitation} { secret } }`);
  const hook = `createWebhook(input: { team: "${team.id}", url: "https://example.org/", events: [] })`;
  const { createWebhook } = await api.ask(`mutation { ${hook} { webhook { id } } }`);
  await api.ask(
    `mutation { pingWebhook(input: { webhook: "${createWebhook.webhook.id}" }) { id } }`,
  );
  return team.id;
}

/** Lists that are asked for by ids: of everything that there is by now. */
async function listsById(): Promise<Record<string, string>> {
  const { prisma } = api.platform.db;
  const idsOf = async (type: 'Search' | 'Network' | 'Job', rows: Promise<{ id: string }[]>) =>
    (await rows).map(({ id }) => encodeGlobalId(type, id));
  const searches = await idsOf('Search', prisma.search.findMany());
  const networks = await idsOf('Network', prisma.network.findMany({ where: { rank: 1 } }));
  const jobs = await idsOf('Job', prisma.job.findMany({ where: { kind: 'distil' } }));
  return {
    'nodes → searches and networks': `nodes(ids: ${JSON.stringify([...searches, ...networks])}) {
      ... on Search { name team { name } } ... on Network { top1 search { name } } }`,
    'curves of jobs': `curves(jobs: ${JSON.stringify(jobs)}, maxPoints: 100) { job key steps values }`,
  };
}

type Statements = Record<string, string[]>;

async function allStatements(): Promise<Statements> {
  const all: Statements = {};
  for (const [name, list] of Object.entries({ ...lists, ...(await listsById()) }))
    all[name] = await statementsOf(`{ ${list} }`);
  return all;
}

it('every list takes the same statements for five as for one', async () => {
  await grow();
  const forOne = await allStatements();
  for (let more = 0; more < 4; more++) await grow();
  expect(await allStatements()).toEqual(forOne);
  const page = Object.entries(forOne).map(
    ([name, statements]) => `## ${name}\n\n${statements.map((each) => `- ${each}`).join('\n')}\n`,
  );
  await expect(`# Statements of lists\n\n${page.join('\n')}`).toMatchFileSnapshot(
    'queries.snapshot.md',
  );
}, 120_000);
