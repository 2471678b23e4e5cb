import { takeAttempt } from '@blockwise/db/testing';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../schema/global-id.ts';
import type { ApiServer } from '../server.ts';
import {
  type AnsweredError,
  connectTo,
  type Data,
  startTestApi,
  type TestApi,
} from '../testing/test-api.ts';
import {
  playDistil,
  playLatency,
  playRate,
  playRetrain,
  playSolve,
  playTeacher,
  playThrough,
  playVerify,
  startSearch,
} from '../testing/test-search.ts';

const fields = /* GraphQL */ `
  cursor at kind state jobState phase jobKind job cell network retraining audit auditState attempt
  progress { done total unit perSecond note } points { key steps values }
  candidates bestPath bestLoss networks top1 engine device failure { code message } message level
`;
const subscription = `subscription ($search: ID!, $after: String) {
  searchEvents(search: $search, after: $after) { cursor events { ${fields} } }
}`;
const poll = `query ($search: ID!, $after: String, $first: Int! = 500) {
  searchEvents(search: $search, after: $after, first: $first) { cursor events { ${fields} } }
}`;
const unknown = encodeGlobalId('Search', '00000000-0000-4000-8000-000000000000');

/** What a subscription yielded, and how it ended. */
interface Follower {
  readonly events: Data[];
  readonly errors: AnsweredError[];
  /** Resolves when the server completes the subscription, or it fails. */
  readonly ended: Promise<void>;
  /** Resolves when an event for which the test holds is there. */
  until(test: (event: Data) => boolean): Promise<void>;
  stop(): void;
}

function follow(client: Client, variables: { search: string; after?: string }): Follower {
  const events: Data[] = [];
  const errors: AnsweredError[] = [];
  const waiting = new Set<() => void>();
  let stop = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    stop = client.subscribe(
      { query: subscription, variables },
      {
        next({ data, errors: refused }) {
          if (refused !== undefined) {
            errors.push(...(refused as unknown as AnsweredError[]));
            return;
          }
          events.push(...(data as Data).searchEvents.events);
          for (const look of waiting) look();
        },
        error(error) {
          if (!Array.isArray(error)) {
            reject(error);
            return;
          }
          errors.push(...error);
          resolve();
        },
        complete: resolve,
      },
    );
  });
  return {
    events,
    errors,
    ended,
    until: (test) =>
      new Promise((resolve) => {
        const look = () => {
          if (events.some(test)) {
            waiting.delete(look);
            resolve();
          }
        };
        waiting.add(look);
        look();
      }),
    stop,
  };
}

/** Waits until a condition holds; the test's own limit ends a wait in vain. */
async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('searchEvents', () => {
  let api: TestApi;
  let other: ApiServer;
  const clients: Client[] = [];
  const connect = (server: ApiServer) => {
    const client = connectTo(server, api.token);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    api = await startTestApi();
    other = await api.startAnother();
  });
  afterAll(async () => {
    for (const client of clients) await client.dispose();
    await api.close();
  });

  it('come live from the first to the last, on every server, and then complete', async () => {
    const search = await startSearch(api);
    const here = follow(connect(api.server), { search });
    const there = follow(connect(other), { search });
    await here.until(({ kind }) => kind === 'SEARCH_CHANGED');
    await playTeacher(api.platform);
    for (let cell = 0; cell < 3; cell++) await playDistil(api.platform);
    await here.until(({ kind }) => kind === 'CURVE_POINTS');
    for (let cell = 0; cell < 3; cell++) await playRate(api.platform);
    await playSolve(api.platform);
    const attempt = await takeAttempt(api.platform, 'retrain');
    await attempt.message('WARNING', 'one image did not decode');
    await attempt.abandon();
    await playRetrain(api.platform, 0.6);
    await playRetrain(api.platform, 0.7);
    for (let entry = 0; entry < 2; entry++) await playVerify(api.platform);
    await Promise.all([here.ended, there.ended]);

    expect(here.errors).toEqual([]);
    expect(there.events).toEqual(here.events);
    expect(here.events.map(({ cursor }) => cursor)).toEqual(
      here.events.map((_, i) => String(i + 1)),
    );
    const kinds = new Set(here.events.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'CELL_RATED',
      'CURVE_POINTS',
      'JOB_CHANGED',
      'JOB_PROGRESS',
      'MESSAGE',
      'NETWORK_TESTED',
      'SEARCH_CHANGED',
      'SEARCH_SOLVED',
    ]);
    const ofKind = (kind: string) => here.events.filter((event) => event.kind === kind);
    expect(ofKind('SEARCH_CHANGED').at(-1)).toMatchObject({ state: 'COMPLETE', failure: null });
    expect(ofKind('CURVE_POINTS')[0].points).toEqual({
      key: 'loss',
      steps: [1, 2, 3, 4],
      values: [1, 1 / 2, 1 / 3, 1 / 4],
    });
    expect(ofKind('JOB_PROGRESS')[0].progress).toEqual({
      done: 1,
      total: 4,
      unit: 'steps',
      perSecond: 2,
      note: null,
    });
    expect(ofKind('MESSAGE')[0]).toMatchObject({
      level: 'WARNING',
      message: 'one image did not decode',
      job: null,
    });
    expect(ofKind('SEARCH_SOLVED')[0].networks).toBe(2);
    expect(ofKind('NETWORK_TESTED').map(({ top1 }) => top1)).toEqual([0.6, 0.7]);
    expect(ofKind('CELL_RATED')[0]).toMatchObject({ candidates: 3, jobState: null });

    const { cell, network, job } = await api.ask(
      'query ($cell: ID!, $network: ID!, $job: ID!) { cell: node(id: $cell) { __typename } network: node(id: $network) { __typename } job: node(id: $job) { __typename } }',
      {
        cell: ofKind('CELL_RATED')[0].cell,
        network: ofKind('NETWORK_TESTED')[0].network,
        job: ofKind('JOB_PROGRESS')[0].job,
      },
    );
    expect([cell, network, job].map(({ __typename }) => __typename)).toEqual([
      'Cell',
      'Network',
      'Job',
    ]);
  });

  it('go on after a cursor, and polling with it gives the same', async () => {
    const search = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    const { searchEvents: whole } = await api.ask(poll, { search });
    const middle = whole.events[10].cursor;

    const resumed = follow(connect(other), { search, after: middle });
    await resumed.ended;
    expect(resumed.events).toEqual(whole.events.slice(11));
    const { searchEvents: rest } = await api.ask(poll, { search, after: middle });
    expect(rest.events).toEqual(resumed.events);

    const paged: Data[] = [];
    let cursor: string | null = null;
    for (;;) {
      const { searchEvents: page }: Data = await api.ask(poll, { search, after: cursor, first: 7 });
      if (page.events.length === 0) {
        expect(page.cursor).toBe(cursor);
        break;
      }
      paged.push(...page.events);
      cursor = page.cursor;
    }
    expect(paged).toEqual(whole.events);

    const end = await api.ask('query ($search: ID!) { search(id: $search) { cursor } }', {
      search,
    });
    expect(end.search.cursor).toBe(cursor);
    const nothing = follow(connect(api.server), { search, after: end.search.cursor });
    await nothing.ended;
    expect(nothing.events).toEqual([]);
  });

  it('go on for a complete search while something is done for it', async () => {
    const search = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    const ask = async (operation: string) => api.ask(operation, { search });
    const { startAudit: audit } = await ask(
      'mutation ($search: ID!) { startAudit(input: { search: $search, spec: { networks: 4 } }) { id networks { id } } }',
    );
    await ask('mutation ($search: ID!) { measureLatency(input: { search: $search }) { id } }');
    const follower = follow(connect(api.server), { search });
    await follower.until(({ kind }) => kind === 'AUDIT_CHANGED');
    for (const top1 of [0.1, 0.2, 0.3, 0.4]) await playRetrain(api.platform, top1);
    await follower.until(({ auditState }) => auditState === 'COMPLETE');
    await playLatency(api.platform);
    await follower.ended;
    const ofKind = (kind: string) => follower.events.filter((event) => event.kind === kind);
    expect(ofKind('AUDIT_CHANGED').map(({ auditState }) => auditState)).toEqual(
      expect.arrayContaining(['QUEUED', 'COMPLETE']),
    );
    expect(ofKind('AUDIT_CHANGED').every((event) => event.audit === audit.id)).toBe(true);
    expect(ofKind('LATENCY_MEASURED')).toMatchObject([
      { engine: 'wasm', device: '2 CPU slots', top1: null },
    ]);
    const tested = ofKind('NETWORK_TESTED').slice(2);
    expect(tested.map(({ network }) => network).sort()).toEqual(
      audit.networks.map(({ id }: Data) => id).sort(),
    );
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Retraining { top1 network { id } } } }',
      { id: tested[0].retraining },
    );
    expect(node).toEqual({ top1: tested[0].top1, network: { id: tested[0].network } });
    expect(follower.events.map(({ cursor }) => cursor)).toEqual(
      follower.events.map((_, i) => String(i + 1)),
    );
  });

  it('miss nothing between many pages', async () => {
    const search = await startSearch(api);
    await playTeacher(api.platform);
    const attempt = await takeAttempt(api.platform, 'distil');
    const follower = follow(connect(api.server), { search });
    for (let step = 1; step <= 220; step++) {
      await attempt.progress({
        done: step,
        total: 220,
        unit: 'steps',
        perSecond: null,
        note: null,
      });
    }
    await follower.until(({ progress }) => progress?.done === 220);
    await api.ask('mutation ($search: ID!) { cancelSearch(input: { search: $search }) { id } }', {
      search,
    });
    await follower.ended;
    expect(follower.events.map(({ cursor }) => cursor)).toEqual(
      follower.events.map((_, i) => String(i + 1)),
    );
    expect(follower.events.length).toBeGreaterThan(220);
    expect(follower.events.filter(({ kind }) => kind === 'SEARCH_CHANGED').at(-1).state).toBe(
      'CANCELLED',
    );
  });

  it('free everything when the client stops or goes away', async () => {
    const search = await startSearch(api);
    const stopping = connect(api.server);
    const leaving = connect(api.server);
    const first = follow(stopping, { search });
    const second = follow(leaving, { search });
    await Promise.all([first, second].map(({ until }) => until(() => true)));
    await eventually(() => api.server.subscriptionCount() === 2);
    first.stop();
    await eventually(() => api.server.subscriptionCount() === 1);
    const gone = expect(second.ended).rejects.toMatchObject({ code: 4499 });
    leaving.terminate();
    await gone;
    await eventually(() => api.server.subscriptionCount() === 0);
  });

  it.each([
    ['NOT_FOUND', { search: unknown }, ['search']],
    ['BAD_INPUT', { search: 'seven' }, ['search']],
    ['BAD_INPUT', { after: 'x' }, ['after']],
    ['BAD_INPUT', { after: '-1' }, ['after']],
  ])('%s for %o, subscribed or polled', async (code, variables, path) => {
    const all = { search: await startSearch(api), ...variables };
    const follower = follow(connect(api.server), all);
    await follower.ended;
    expect(follower.events).toEqual([]);
    expect(follower.errors).toMatchObject([{ path: ['searchEvents'], extensions: { code, path } }]);
    expect(await api.fail(poll, all)).toMatchObject({
      path: ['searchEvents'],
      extensions: { code, path },
    });
  });

  it('refuse wrong pages', async () => {
    const search = await startSearch(api);
    for (const first of [0, 1001]) {
      expect((await api.fail(poll, { search, first })).extensions).toMatchObject({
        code: 'BAD_INPUT',
        path: ['first'],
      });
    }
  });

  it('answer malformed operations with errors, not by hanging up', async () => {
    const client = connect(api.server);
    const ask = (query: string) =>
      new Promise<AnsweredError[]>((resolve, reject) => {
        client.subscribe(
          { query },
          {
            next: ({ errors }) => resolve((errors ?? []) as unknown as AnsweredError[]),
            error: (error) =>
              Array.isArray(error) ? resolve(error as unknown as AnsweredError[]) : reject(error),
            complete: () => {},
          },
        );
      });
    for (const query of [
      'subscription {',
      'subscription { nothing }',
      'subscription { searchEvents(search: 1.5) { cursor } }',
    ]) {
      expect((await ask(query)).map(({ extensions }) => extensions.code)).toEqual(['BAD_INPUT']);
    }
    expect(await ask('{ serverInfo { name } }')).toEqual([]);
  });
});
