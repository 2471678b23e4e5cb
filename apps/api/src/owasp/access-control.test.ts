import { createTeam, createToken } from '@blockwise/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../schema/global-id.ts';
import {
  type Caller,
  connectTo,
  type Data,
  startTestApi,
  type TestApi,
} from '../testing/test-api.ts';
import { playExport, playThrough, startSearch } from '../testing/test-search.ts';

/*
 * OWASP GraphQL cheat sheet: access control. What a team owns is fetched by ids that a stranger has
 * learnt (IDOR), by nodes, by edges, by lists of ids and by mutations; over HTTP and over a socket.
 */

describe('broken object level authorization', () => {
  let api: TestApi;
  let stranger: { readonly token: string; readonly caller: Caller };
  let known: {
    search: string;
    cell: string;
    job: string;
    network: string;
    retraining: string;
    export: string;
    url: string;
  };

  beforeAll(async () => {
    api = await startTestApi();
    const search = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    known = await learn(search);
    stranger = await makeStranger();
  });
  afterAll(() => api.close());

  async function learn(search: string) {
    const data = await api.ask(
      `query ($id: ID!) { search(id: $id) {
        jobs { nodes { id kind } } blocks { cells { id } } networks { nodes { id retrainings { id } } } } }`,
      { id: search },
    );
    const [network] = data.search.networks.nodes;
    const exported = await api.ask(
      'mutation ($id: ID!) { exportNetwork(input: { network: $id }) { id } }',
      { id: network.id },
    );
    await playExport(api);
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Export { files { url } } } }',
      {
        id: exported.exportNetwork.id,
      },
    );
    return {
      search,
      cell: data.search.blocks[0].cells[0].id,
      job: data.search.jobs.nodes.find((job: Data) => job.kind === 'DISTIL').id,
      network: network.id,
      retraining: network.retrainings[0].id,
      export: exported.exportNetwork.id,
      url: node.files[0].url,
    };
  }

  async function makeStranger() {
    const { db } = api.platform;
    const user = await db.prisma.user.create({
      data: { name: 'Stranger', email: 'stranger@example.org', emailVerified: true },
    });
    await createTeam(db, { name: 'Strangers', ownerId: user.id });
    const { secret } = await createToken(db, {
      userId: user.id,
      teamId: null,
      name: 'test',
      scopes: ['READ', 'WRITE', 'ADMIN'],
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    return { token: secret, caller: api.as(secret) };
  }

  const others = () => [
    ['a stranger', stranger.caller] as const,
    ['nobody', api.as(null)] as const,
  ];

  it('its own team sees it', async () => {
    const ids = [
      known.search,
      known.cell,
      known.job,
      known.network,
      known.retraining,
      known.export,
    ];
    const { nodes } = await api.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual(ids.map((id) => ({ id })));
  });

  it('nodes: an id that was learnt or guessed answers what one of nothing answers', async () => {
    const ids = [
      known.search,
      known.cell,
      known.job,
      known.network,
      known.retraining,
      known.export,
    ];
    const nothing = encodeGlobalId('Search', '00000000-0000-4000-8000-000000000000');
    for (const [who, caller] of others()) {
      for (const id of [...ids, nothing]) {
        const { node } = await caller.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
        expect([who, node]).toEqual([who, null]);
      }
      const { nodes } = await caller.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ids,
      });
      expect([who, nodes]).toEqual([who, ids.map(() => null)]);
    }
  });

  it.each([
    ['search', 'query ($search: ID!) { found: search(id: $search) { id } }'],
    ['candidates', 'query ($cell: ID!) { found: candidates(cell: $cell) { nodes { loss } } }'],
    ['curves', 'query ($job: ID!) { found: curves(jobs: [$job]) { values } }'],
    ['solve', 'query ($search: ID!) { found: solve(search: $search) { loss } }'],
    ['paretoFront', 'query ($search: ID!) { found: paretoFront(search: $search) { count } }'],
    [
      'searchEvents',
      'query ($search: ID!) { found: searchEvents(search: $search) { events { cursor } } }',
    ],
  ])('queries: %s gives nothing away', async (_name, query) => {
    const asked = Object.keys(known).filter((name) => query.includes(`$${name}:`));
    const variables = Object.fromEntries(
      Object.entries(known).filter(([name]) => asked.includes(name)),
    );
    expect((await api.ask(query, variables)).found).not.toBeNull();
    for (const [who, caller] of others()) {
      const { data, errors } = await caller.post(query, variables);
      expect([who, data?.found ?? null]).toEqual([who, null]);
      const codes = errors.map(({ extensions }) => extensions.code);
      expect([who, codes.filter((code) => code !== 'NOT_FOUND')]).toEqual([who, []]);
      expect(JSON.stringify(errors)).not.toContain('tiny');
    }
  });

  it('edges and counts: lists of everything hold nothing of others', async () => {
    const query = '{ searches { totalCount nodes { id } edges { node { id } } } }';
    expect((await api.ask(query)).searches.totalCount).toBe(1);
    const empty = { totalCount: 0, nodes: [], edges: [] };
    for (const [who, caller] of others()) {
      expect([who, await caller.ask(query)]).toEqual([who, { searches: empty }]);
    }
  });

  it('edges: what a team shows to everybody leads to nothing that it does not', async () => {
    const { search } = await api.ask('query ($id: ID!) { search(id: $id) { team { id name } } }', {
      id: known.search,
    });
    const query = `query ($id: ID!) { node(id: $id) { ... on Team {
      name members { user { name } } invitations { id } tokens { nodes { id } } auditLog { nodes { id } } } } }`;
    for (const [who, caller] of others()) {
      const { data, errors } = await caller.post(query, { id: search.team.id });
      expect([who, data?.node?.members ?? null]).toEqual([who, null]);
      expect(errors.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['cancelSearch', 'mutation ($search: ID!) { cancelSearch(input: { search: $search }) { id } }'],
    ['cancelJob', 'mutation ($job: ID!) { cancelJob(input: { job: $job }) { id } }'],
    ['cutWeights', 'mutation ($network: ID!) { cutWeights(input: { network: $network }) { id } }'],
    [
      'exportNetwork',
      'mutation ($network: ID!) { exportNetwork(input: { network: $network }) { id } }',
    ],
    [
      'exportTeacher',
      'mutation ($search: ID!) { exportTeacher(input: { search: $search }) { id } }',
    ],
    ['startAudit', 'mutation ($search: ID!) { startAudit(input: { search: $search }) { id } }'],
  ])('mutations: %s changes nothing of others', async (_name, query) => {
    const asked = Object.keys(known).filter((name) => query.includes(`$${name}:`));
    const variables = Object.fromEntries(
      Object.entries(known).filter(([name]) => asked.includes(name)),
    );
    const { db } = api.platform;
    const before = await db.prisma.job.count();
    expect((await stranger.caller.fail(query, variables)).extensions.code).toBe('NOT_FOUND');
    expect((await api.as(null).fail(query, variables)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await db.prisma.job.count()).toBe(before);
  });

  it('subscriptions: events of others are not delivered', async () => {
    for (const token of [stranger.token, null]) {
      const client = connectTo(api.server, token);
      const events = client.iterate({
        query: 'subscription ($id: ID!) { searchEvents(search: $id) { cursor } }',
        variables: { id: known.search },
      });
      const first = await events.next().catch((error: unknown) => ({ value: { errors: error } }));
      expect(first.value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      await client.dispose();
    }
  });

  it('files: a hash that was learnt downloads nothing', async () => {
    const at = new URL(known.url, api.server.url);
    const own = await fetch(at);
    expect([own.status, (await own.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    for (const signed of [null, '', 'x', at.searchParams.get('signed')?.slice(0, -1)]) {
      const guessed = new URL(at.pathname, at);
      if (signed) guessed.searchParams.set('signed', signed);
      for (const token of [stranger.token, null]) {
        const response = await fetch(guessed, {
          headers: token === null ? [] : [['Authorization', `Bearer ${token}`]],
        });
        expect(response.status).toBeGreaterThanOrEqual(400);
      }
    }
  });
});

describe('broken function level authorization', () => {
  it('a token does no more than its scopes, and nothing once it is revoked or expired', async () => {
    const api = await startTestApi();
    const { viewer } = await api.ask('{ viewer { user { id } } }');
    const { db } = api.platform;
    const owner = await db.prisma.user.findFirstOrThrow();
    expect(viewer.user.id).toBe(encodeGlobalId('User', owner.id));
    const make = (scopes: ('READ' | 'WRITE' | 'ADMIN' | 'TRAIN')[], expiresAt: Date) =>
      createToken(db, { userId: owner.id, teamId: null, name: 'x', scopes, expiresAt });
    const soon = new Date(Date.now() + 3_600_000);
    const reads = await make(['READ'], soon);
    const trains = await make(['TRAIN'], soon);
    const old = await make(['READ'], new Date(Date.now() - 1000));
    const change = 'mutation { createTeam(input: { name: "Mine" }) { id } }';
    expect((await api.as(reads.secret).fail(change)).extensions.code).toBe('FORBIDDEN');
    expect((await api.as(trains.secret).fail(change)).extensions.code).toBe('FORBIDDEN');
    expect((await api.as(old.secret).fail(change)).extensions.code).toBe('UNAUTHENTICATED');
    await api.ask('mutation ($id: ID!) { revokeToken(input: { token: $id }) { id } }', {
      id: encodeGlobalId('Token', reads.token.id),
    });
    expect((await api.as(reads.secret).fail(change)).extensions.code).toBe('UNAUTHENTICATED');
    await api.close();
  });
});
