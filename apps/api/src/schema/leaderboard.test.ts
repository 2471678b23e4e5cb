import { request } from 'node:http';
import type { TeamRole, TokenScope } from '@blockwise/contracts';
import { createToken, localTeamId } from '@blockwise/db';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Caller,
  connectTo,
  type Data,
  startTestApi,
  type TestApi,
} from '../testing/test-api.ts';
import { playRetrain, playThrough, playVerify, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const hash = 'a'.repeat(64);
const none = (name: 'Leaderboard' | 'Entry' | 'Network') =>
  encodeGlobalId(name, '00000000-0000-4000-8000-000000000000');

let api: TestApi;
let search: string;
let board: Data;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  board = (await boards()).nodes[0];
});
afterAll(() => api.close());

async function boards(variables: Data = {}, caller: Caller = api): Promise<Data> {
  const { leaderboards } = await caller.ask(
    /* GraphQL */ `
      query ($filter: LeaderboardFilter, $orderBy: LeaderboardOrder, $first: Int, $after: String) {
        leaderboards(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
          totalCount pageInfo { hasNextPage endCursor }
          nodes { id name team { name } visibility dataset { hash kind imageSize classes testCount }
            budget { axis max } metric tolerance entryCount leader { top1 } badgeUrl cursor isShared
            createdBy { name } }
        }
      }
    `,
    variables,
  );
  return leaderboards;
}

const entryFields = `id rank state top1 top1Deviation verifiedTop1 verifiedAt params macs flopsTool
  activationBytes latencyMs teacherTop1 predictedRank predictedLoss architecture init globalDistil
  recipe { name } differences { field recipe used } trainings { seed top1 verifiedTop1 sha256 }
  costs { engine device onGpu hours } gpuHours cpuHours datasetHash datasetKind imported { team verified }
  verification { kind state } team { name } network { id predictedRank } search { id name }
  enteredBy { name } enteredAt leaderboard { id }`;

async function entriesOf(id: string, variables: Data = {}, caller: Caller = api): Promise<Data> {
  const { leaderboard } = await caller.ask(
    `query ($id: ID!, $filter: EntryFilter, $orderBy: EntryOrder, $first: Int, $after: String) {
      leaderboard(id: $id) {
        entries(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } nodes { ${entryFields} }
        }
      }
    }`,
    { id, ...variables },
  );
  return leaderboard?.entries;
}

const mutations = {
  createLeaderboard: 'CreateLeaderboardInput',
  updateLeaderboard: 'UpdateLeaderboardInput',
  deleteLeaderboard: 'LeaderboardInput',
  unshareLeaderboard: 'LeaderboardInput',
  importLeaderboard: 'ImportLeaderboardInput',
} as const;

function change(name: keyof typeof mutations, input: Data, caller: Caller = api): Promise<Data> {
  return caller.ask(documentOf(name), { input }).then((data) => data[name]);
}

function documentOf(name: keyof typeof mutations): string {
  return `mutation ($input: ${mutations[name]}!) {
    ${name}(input: $input) { id name description visibility tolerance budget { axis max } isShared entryCount }
  }`;
}

const onEntry = (name: 'withdrawEntry' | 'verifyEntry') =>
  `mutation ($entry: ID!) { ${name}(input: { entry: $entry }) { id state rank verification { state } } }`;
const enter = `mutation ($board: ID!, $network: ID!) {
  enterLeaderboard(input: { leaderboard: $board, network: $network }) { id state rank enteredBy { name } } }`;

/** A person with a role in a team, and a token. */
async function somebody(
  teamId: string,
  role: TeamRole,
  scopes: TokenScope[] = ['READ', 'WRITE', 'ADMIN'],
): Promise<Caller> {
  const { db } = api.platform;
  const name = `${role} ${teamId} ${scopes.join()}`;
  const user = await db.prisma.user.upsert({
    where: { email: `${name}@test`.replaceAll(' ', '.').toLowerCase() },
    update: {},
    create: {
      name,
      email: `${name}@test`.replaceAll(' ', '.').toLowerCase(),
      memberships: { create: { teamId, role } },
    },
  });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { secret } = await createToken(db, {
    userId: user.id,
    teamId: null,
    name,
    scopes,
    expiresAt,
  });
  return api.as(secret);
}

describe('boards and entries', () => {
  it('a tested network makes the board of its data set, and stands on it verified', async () => {
    expect(board).toMatchObject({
      name: 'procedural aaaaaaaa',
      team: { name: 'local' },
      visibility: 'TEAM',
      dataset: { hash, kind: 'procedural', imageSize: 16, classes: 3, testCount: 30 },
      ...{ budget: null, metric: 'TOP1', tolerance: 0.005, entryCount: 2, isShared: false },
      leader: { top1: 0.7 },
      createdBy: null,
    });
    const { nodes, totalCount } = await entriesOf(board.id);
    expect(totalCount).toBe(2);
    expect(nodes).toMatchObject([
      { rank: 1, state: 'VERIFIED', top1: 0.7, verifiedTop1: 0.7, network: { predictedRank: 2 } },
      { rank: 2, state: 'VERIFIED', top1: 0.6, network: { predictedRank: 1 } },
    ]);
    expect(nodes[0]).toMatchObject({
      ...{ teacherTop1: 0.8, datasetHash: hash, datasetKind: 'procedural', predictedRank: 2 },
      recipe: { name: 'small@1' },
      trainings: [
        { seed: 1, top1: 0.7, verifiedTop1: 0.7, sha256: expect.stringMatching(/^\w{64}$/) },
      ],
      costs: [{ engine: 'wasm', device: '2 CPU slots', onGpu: false }],
      gpuHours: 0,
      search: { id: search, name: 'tiny' },
      verification: { kind: 'VERIFY', state: 'COMPLETE' },
      leaderboard: { id: board.id },
      imported: null,
    });
    expect(nodes[0].differences).toContainEqual({ field: 'batch', recipe: '64', used: '8' });
    expect(nodes[0].cpuHours).toBeCloseTo(nodes[0].costs[0].hours, 12);
    const { nodes: again } = await api.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Entry { rank } ... on Leaderboard { name } } }',
      { ids: [nodes[0].id, board.id] },
    );
    expect(again).toEqual([
      { __typename: 'Entry', rank: 1 },
      { __typename: 'Leaderboard', name: 'procedural aaaaaaaa' },
    ]);
  });

  it('pages, filters and orders', async () => {
    const first = await entriesOf(board.id, { first: 1 });
    const second = await entriesOf(board.id, { first: 1, after: first.pageInfo.endCursor });
    expect(
      [first, second].map(({ nodes, pageInfo }) => [nodes[0].top1, pageInfo.hasNextPage]),
    ).toEqual([
      [0.7, true],
      [0.6, false],
    ]);
    const top1s = async (variables: Data) =>
      (await entriesOf(board.id, variables)).nodes.map((node: Data) => node.top1);
    expect(await top1s({ orderBy: { field: 'TOP1', direction: 'ASC' } })).toEqual([0.6, 0.7]);
    expect(await top1s({ filter: { states: ['REJECTED', 'WITHDRAWN'] } })).toEqual([]);
    expect(await top1s({ filter: { search } })).toEqual([0.7, 0.6]);
    expect(await top1s({ filter: { params: { max: 1 } } })).toEqual([]);
    for (const [variables, path] of [
      [{ first: 101 }, ['first']],
      [{ after: 'x' }, ['after']],
      [{ filter: { search: board.id } }, ['filter', 'search']],
    ] as const) {
      const error = await api.fail(
        `query ($id: ID!, $filter: EntryFilter, $first: Int, $after: String) {
          leaderboard(id: $id) { entries(filter: $filter, first: $first, after: $after) { totalCount } } }`,
        { id: board.id, ...variables },
      );
      expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path });
    }
    const { leaderboard } = await api.ask('query ($id: ID!) { leaderboard(id: $id) { id } }', {
      id: none('Leaderboard'),
    });
    expect(leaderboard).toBeNull();
  });

  it('are made, changed and deleted', async () => {
    const made = await change('createLeaderboard', {
      ...{ name: ' small ', description: 'below a million', datasetHash: hash },
      budget: { axis: 'PARAMS', max: 1e6 },
    });
    expect(made).toMatchObject({
      ...{ name: 'small', description: 'below a million', visibility: 'TEAM', tolerance: 0.005 },
      ...{ budget: { axis: 'PARAMS', max: 1e6 }, entryCount: 0 },
    });
    expect((await boards({ filter: { name: 'SMALL' } })).nodes).toMatchObject([
      { id: made.id, createdBy: { name: 'Owner' } },
    ]);
    expect((await boards({ orderBy: { field: 'CREATED_AT' }, first: 1 })).nodes[0].id).toBe(
      made.id,
    );
    const input = { leaderboard: made.id, tolerance: 0.1, visibility: 'PUBLIC' };
    expect(await change('updateLeaderboard', input)).toMatchObject({
      ...{ name: 'small', tolerance: 0.1, visibility: 'PUBLIC' },
    });
    expect(await change('deleteLeaderboard', { leaderboard: made.id })).toMatchObject({
      name: 'small',
    });
    for (const [name, input, code, path] of [
      ['createLeaderboard', { name: '', datasetHash: hash }, 'BAD_INPUT', ['name']],
      ['createLeaderboard', { name: 'a', datasetHash: 'b' }, 'NOT_FOUND', ['datasetHash']],
      [
        'createLeaderboard',
        { name: 'a', datasetHash: hash, tolerance: 2 },
        'BAD_INPUT',
        ['tolerance'],
      ],
      [
        'createLeaderboard',
        { name: 'a', datasetHash: hash, budget: { axis: 'MACS', max: 0 } },
        'BAD_INPUT',
        ['budget', 'max'],
      ],
      [
        'createLeaderboard',
        { name: 'a', datasetHash: hash, description: 'x'.repeat(2001) },
        'BAD_INPUT',
        ['description'],
      ],
      ['updateLeaderboard', { leaderboard: made.id }, 'NOT_FOUND', ['leaderboard']],
      ['deleteLeaderboard', { leaderboard: search }, 'BAD_INPUT', ['leaderboard']],
    ] as const) {
      const error = await api.fail(documentOf(name), { input });
      expect(error.extensions, name).toMatchObject({ code, path });
    }
  });
});

describe('entering, verifying and withdrawing', () => {
  it('a network enters another board within its budget, is rejected by its weights, and is withdrawn', async () => {
    const [{ network }] = (await entriesOf(board.id)).nodes;
    const made = await change('createLeaderboard', { name: 'mine', datasetHash: hash });
    const tight = await change('createLeaderboard', {
      ...{ name: 'tight', datasetHash: hash, budget: { axis: 'PARAMS', max: 1 } },
    });
    const { enterLeaderboard: entry } = await api.ask(enter, {
      board: made.id,
      network: network.id,
    });
    expect(entry).toMatchObject({ state: 'VERIFYING', rank: 1, enteredBy: { name: 'Owner' } });
    await playVerify(api.platform, -0.1);
    const [rejected] = (await entriesOf(made.id, { filter: { states: ['REJECTED'] } })).nodes;
    expect(rejected).toMatchObject({
      ...{ rank: null, state: 'REJECTED', top1: 0.7, verifiedTop1: expect.closeTo(0.6, 12) },
      trainings: [{ top1: 0.7, verifiedTop1: expect.closeTo(0.6, 12) }],
    });
    expect((await entriesOf(made.id)).nodes).toEqual([]);

    const { verifyEntry } = await api.ask(onEntry('verifyEntry'), { entry: entry.id });
    expect(verifyEntry).toMatchObject({ state: 'REJECTED', verification: { state: 'QUEUED' } });
    await playVerify(api.platform);
    expect((await entriesOf(made.id)).nodes).toMatchObject([{ state: 'VERIFIED', rank: 1 }]);
    const { withdrawEntry } = await api.ask(onEntry('withdrawEntry'), { entry: entry.id });
    expect(withdrawEntry).toMatchObject({ state: 'WITHDRAWN', rank: null });

    const { leaderboard } = await api.ask(
      `query ($id: ID!) { leaderboard(id: $id) { leader { id }
        history { totalCount nodes { top1 since until entry { id } } } } }`,
      { id: made.id },
    );
    expect(leaderboard.leader).toBeNull();
    expect(leaderboard.history.totalCount).toBe(4);
    expect(leaderboard.history.nodes.map((lead: Data) => lead.entry?.id ?? null)).toEqual([
      null,
      entry.id,
      null,
      entry.id,
    ]);
    expect(leaderboard.history.nodes[0].until).toBeNull();
    expect(leaderboard.history.nodes[1].until).toBe(leaderboard.history.nodes[0].since);

    for (const [document, variables, code, path] of [
      [enter, { board: tight.id, network: network.id }, 'INFEASIBLE', ['network']],
      [enter, { board: none('Leaderboard'), network: network.id }, 'NOT_FOUND', ['leaderboard']],
      [enter, { board: made.id, network: none('Network') }, 'NOT_FOUND', ['network']],
      [onEntry('verifyEntry'), { entry: entry.id }, 'CONFLICT', ['entry']],
      [onEntry('verifyEntry'), { entry: none('Entry') }, 'NOT_FOUND', ['entry']],
      [onEntry('withdrawEntry'), { entry: board.id }, 'BAD_INPUT', ['entry']],
    ] as const) {
      expect((await api.fail(document, variables)).extensions, code).toMatchObject({ code, path });
    }
    for (const { id } of [made, tight]) await change('deleteLeaderboard', { leaderboard: id });
  });
});

describe('two entries', () => {
  it('are compared layer by layer, with costs, training and accuracy', async () => {
    const [a, b] = (await entriesOf(board.id)).nodes;
    const document = /* GraphQL */ `
      query ($a: ID!, $b: ID!) {
        compareEntries(a: $a, b: $b) {
          a { id } b { id } sameData top1Difference top1DifferenceDeviation layersDiffering
          layers { block layer a b differs } costs { name a b ratio } training { field a b }
        }
      }
    `;
    const { compareEntries: compared } = await api.ask(document, { a: a.id, b: b.id });
    expect(compared).toMatchObject({
      ...{ a: { id: a.id }, b: { id: b.id }, sameData: true, top1DifferenceDeviation: null },
      training: [],
    });
    expect(compared.top1Difference).toBeCloseTo(-0.1, 12);
    expect(compared.layers[0]).toEqual({
      ...{ block: 0, layer: 1, a: 'cn_k3_s2_c8', b: 'cn_k3_s2_c8', differs: false },
    });
    const differing = compared.layers.filter(({ differs }: Data) => differs);
    expect(differing).toHaveLength(compared.layersDiffering);
    expect(differing.length).toBeGreaterThan(0);
    const params = compared.costs.find(({ name }: Data) => name === 'params');
    expect(params.ratio).toBeCloseTo(Number(b.params) / Number(a.params), 12);
    const error = await api.fail(document, { a: a.id, b: none('Entry') });
    expect(error.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['b'] });
  });
});

describe('leaderboardChanged', () => {
  const fields = 'cursor events { cursor kind at top1 verifiedTop1 entry { id state } }';
  const poll = `query ($board: ID!, $after: String, $first: Int! = 100) {
    leaderboardChanged(leaderboard: $board, after: $after, first: $first) { ${fields} } }`;
  const subscription = `subscription ($board: ID!, $after: String) {
    leaderboardChanged(leaderboard: $board, after: $after) { ${fields} } }`;

  /** The next pages of a subscription. */
  function follow(client: Client, after?: string) {
    const query = { query: subscription, variables: { board: board.id, after } };
    const pages = client.iterate(query);
    return {
      async next(): Promise<Data> {
        const { value } = await pages.next();
        expect(value?.errors).toBeUndefined();
        return (value?.data as Data)?.leaderboardChanged;
      },
      stop: () => pages.return?.(),
    };
  }

  it('tells what is stored, then live, and goes on after a cursor; polling gives the same', async () => {
    const other = await api.startAnother();
    const client = connectTo(other, api.token);
    const { leaderboardChanged: stored } = await api.ask(poll, { board: board.id });
    expect(stored.events.map(({ kind }: Data) => kind)).toEqual([
      ...['ENTERED', 'LEADER_CHANGED', 'ENTERED', 'LEADER_CHANGED', 'VERIFIED', 'VERIFIED'],
    ]);
    expect(stored.cursor).toBe('6');
    const all = follow(client);
    expect(await all.next()).toEqual(stored);

    const live = all.next();
    const another = await startSearch(api);
    expect(another).not.toBe(search);
    await playThrough(api.platform, 'solve');
    await playRetrain(api.platform, 0.9);
    const told = await live;
    expect(told.events.map(({ kind, top1 }: Data) => [kind, top1])).toEqual([
      ['ENTERED', 0.9],
      ['LEADER_CHANGED', 0.9],
    ]);
    await all.stop();

    await playRetrain(api.platform, 0.1);
    await playVerify(api.platform);
    await playVerify(api.platform);
    const resumed = follow(client, told.cursor);
    const events: Data[] = [];
    while (events.length < 3) events.push(...(await resumed.next()).events);
    await resumed.stop();
    const { leaderboardChanged: rest } = await api.ask(poll, {
      board: board.id,
      after: told.cursor,
    });
    expect(events).toEqual(rest.events);
    expect(events.map(({ kind }) => kind)).toEqual(['ENTERED', 'VERIFIED', 'VERIFIED']);

    const paged: Data[] = [];
    for (let after: string | null = null; ; ) {
      const { leaderboardChanged: page }: Data = await api.ask(poll, {
        ...{ board: board.id, after, first: 4 },
      });
      if (page.events.length === 0) {
        expect(page.cursor).toBe(after);
        break;
      }
      paged.push(...page.events);
      after = page.cursor;
    }
    expect(paged.map(({ cursor }) => cursor)).toEqual(paged.map((_, i) => String(i + 1)));
    await client.dispose();
  });

  it('ends when the board may not be seen any longer, and refuses what it cannot follow', async () => {
    const client = connectTo(api.server, api.token);
    const made = await change('createLeaderboard', { name: 'gone', datasetHash: hash });
    const pages = client.iterate({ query: subscription, variables: { board: made.id } });
    const end = pages.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await change('deleteLeaderboard', { leaderboard: made.id });
    expect((await end).done).toBe(true);
    await client.dispose();
    for (const [variables, code] of [
      [{ board: none('Leaderboard') }, 'NOT_FOUND'],
      [{ board: board.id, after: 'x' }, 'BAD_INPUT'],
      [{ board: board.id, first: 1001 }, 'BAD_INPUT'],
    ] as const) {
      expect((await api.fail(poll, variables)).extensions.code).toBe(code);
    }
  });
});

describe('share links, badges and documents', () => {
  const shared = `query ($secret: String!) { sharedLeaderboard(secret: $secret) {
    id name leader { rank } entries { nodes { rank state network { id } search { id } team { name }
      leaderboard { name } } } history { nodes { entry { id } } } } }`;
  const share = `mutation ($id: ID!) {
    shareLeaderboard(input: { leaderboard: $id }) { secret path leaderboard { isShared } } }`;
  const badge = (path: string) => fetch(new URL(path, api.server.url));
  /** As browsers ask again; `fetch` would ask every cache on the way to forget it. */
  const statusWith = (path: string, etag: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'If-None-Match': etag };
      request(new URL(path, api.server.url), { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it('a link shows a board and its entries to nobody in particular, and nothing behind them', async () => {
    const nobody = api.as(null);
    expect(await entriesOf(board.id, {}, nobody)).toBeUndefined();
    const { shareLeaderboard: link } = await api.ask(share, { id: board.id });
    expect(link).toMatchObject({ path: `/share/${link.secret}`, leaderboard: { isShared: true } });
    const { sharedLeaderboard } = await nobody.ask(shared, { secret: link.secret });
    expect(sharedLeaderboard).toMatchObject({ id: board.id, leader: { rank: 1 } });
    expect(sharedLeaderboard.entries.nodes[0]).toEqual({
      ...{ rank: 1, state: 'VERIFIED', network: null, search: null, team: { name: 'local' } },
      leaderboard: { name: board.name },
    });
    expect(sharedLeaderboard.history.nodes[0].entry).not.toBeNull();

    const { status } = await badge(board.badgeUrl);
    expect(status).toBe(404);
    const svg = await badge(`${board.badgeUrl}?share=${link.secret}`);
    expect(svg.headers.get('cache-control')).toBe('private, max-age=60');
    expect(await svg.text()).toContain('local 90.0% top-1 ✓ verified');
    expect((await badge(`${board.badgeUrl}?share=other`)).status).toBe(404);

    await change('unshareLeaderboard', { leaderboard: board.id });
    expect(await nobody.ask(shared, { secret: link.secret })).toEqual({ sharedLeaderboard: null });
  });

  it('a public board has a badge that is kept by its ETag', async () => {
    const made = await change('createLeaderboard', {
      ...{ name: '<b>&"bold"', datasetHash: hash, visibility: 'PUBLIC' },
    });
    const { nodes } = await boards({ filter: { visibility: 'PUBLIC' } }, api.as(null));
    const { badgeUrl } = nodes.find(({ id }: Data) => id === made.id);
    const answer = await badge(badgeUrl);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    const svg = await answer.text();
    expect(svg).toContain('&lt;b&gt;&amp;&quot;bold&quot;');
    expect(svg).toContain('no entries');
    const etag = answer.headers.get('etag') ?? '';
    expect(await statusWith(badgeUrl, etag)).toBe(304);
    const [{ network }] = (await entriesOf(board.id)).nodes;
    await api.ask(enter, { board: made.id, network: network.id });
    expect(await statusWith(badgeUrl, etag)).toBe(200);
    expect(await (await badge(badgeUrl)).text()).toContain('local 90.0% top-1 unverified');
    for (const path of ['/badges/none.svg', '/badges/x', `/badges/${search}.svg`]) {
      expect((await badge(path)).status).toBe(404);
    }
    await playVerify(api.platform);
  });

  it('a document makes the board again, unless it was altered', async () => {
    const document = `query ($id: ID!) { exportLeaderboard(leaderboard: $id) }`;
    const { exportLeaderboard: exported } = await api.ask(document, { id: board.id });
    expect(exported).toMatchObject({ format: 'blockwise-leaderboard', version: 1 });
    const made = await change('importLeaderboard', { document: exported, name: 'brought' });
    const { nodes } = await entriesOf(made.id);
    expect(nodes).toHaveLength(exported.entries.length);
    expect(nodes[0]).toMatchObject({
      ...{ rank: 1, state: 'UNVERIFIED', top1: 0.9, network: null, search: null },
      imported: { team: 'local', verified: true },
    });
    const failure = await api.fail(onEntry('verifyEntry'), { entry: nodes[0].id });
    expect(failure.extensions).toMatchObject({ code: 'CONFLICT', path: ['entry'] });
    const altered = structuredClone(exported);
    altered.entries[0].top1 = 0.99;
    const strange = structuredClone(exported);
    strange.entries[0].architecture = 'nothing at all';
    for (const [sent, path] of [
      [altered, ['document', 'sha256']],
      [strange, ['document', 'entries', 0, 'architecture']],
      [{}, ['document', 'format']],
    ] as const) {
      const error = await api.fail(documentOf('importLeaderboard'), { input: { document: sent } });
      expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path });
    }
    const missing = await api.fail(document, { id: none('Leaderboard') });
    expect(missing.extensions.code).toBe('NOT_FOUND');
  });
});

describe('rights', () => {
  it('another team sees public boards only, and enters its own networks there', async () => {
    const { db } = api.platform;
    const team = await db.prisma.team.create({ data: { name: 'others' } });
    const other = await somebody(team.id, 'MEMBER');
    expect(await entriesOf(board.id, {}, other)).toBeUndefined();
    const { nodes } = await boards({}, other);
    expect(nodes.map(({ visibility }: Data) => visibility)).toEqual(nodes.map(() => 'PUBLIC'));
    const [{ network, id: entry }] = (await entriesOf(board.id)).nodes;
    const [open] = nodes;
    for (const [document, variables] of [
      // The network of another team is not there for it.
      [enter, { board: open.id, network: network.id }],
      [onEntry('withdrawEntry'), { entry }],
      [onEntry('verifyEntry'), { entry }],
    ] as const) {
      expect((await other.fail(document, variables)).extensions.code).toBe('NOT_FOUND');
    }
    const [seen] = (await entriesOf(open.id, {}, other)).nodes;
    expect(seen).toMatchObject({ top1: 0.9, network: null, search: null, enteredBy: null });
    const taken = await other.fail(onEntry('withdrawEntry'), { entry: seen.id });
    expect(taken.extensions.code).toBe('FORBIDDEN');

    // A network that everybody may see is still not theirs to enter.
    await db.prisma.network.updateMany({ data: { visibility: 'PUBLIC' } });
    expect((await other.fail(enter, { board: open.id, network: network.id })).extensions.code).toBe(
      'FORBIDDEN',
    );
    await db.prisma.network.updateMany({ data: { visibility: null } });
  });

  it.each([
    [
      'VIEWER',
      ['READ', 'WRITE', 'ADMIN'],
      [enter, onEntry('withdrawEntry'), onEntry('verifyEntry')],
    ],
    ['MEMBER', ['READ', 'WRITE', 'ADMIN'], Object.keys(mutations)],
    ['OWNER', ['READ'], [enter, onEntry('verifyEntry'), 'createLeaderboard', 'importLeaderboard']],
    ['OWNER', ['READ', 'WRITE'], ['deleteLeaderboard', 'unshareLeaderboard']],
  ] as const)('%s with %o is refused', async (role, scopes, documents) => {
    const caller = await somebody(localTeamId, role, [...scopes]);
    const [{ id: entry, network }] = (await entriesOf(board.id)).nodes;
    for (const document of documents) {
      const name = document as keyof typeof mutations;
      const input = inputs(name);
      const isNamed = name in mutations;
      const error = await caller.fail(isNamed ? documentOf(name) : document, {
        ...(isNamed ? { input } : { entry, board: board.id, network: network.id }),
      });
      expect(error.extensions.code, document).toBe('FORBIDDEN');
    }
  });

  function inputs(name: keyof typeof mutations): Data {
    if (name === 'createLeaderboard') return { name: 'a', datasetHash: hash };
    if (name === 'importLeaderboard') return { document: {} };
    return { leaderboard: board.id };
  }
});
