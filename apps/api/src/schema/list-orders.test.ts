import { createTeam, createToken, ensureOwner } from '@blockwise/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, startSearch } from '../testing/test-search.ts';

let api: TestApi;
let team: string;
let board: string;
beforeAll(async () => {
  api = await startTestApi();
  await startSearch(api);
  await playThrough(api.platform, 'retrain');
  const { db } = api.platform;
  const { owner } = await ensureOwner(db);
  for (const name of ['zoo', 'Ark', 'mid']) await createTeam(db, { name, ownerId: owner.id });
  const { teams, leaderboards } = await api.ask(
    '{ teams(filter: { text: "local" }) { nodes { id } } leaderboards { nodes { id } } }',
  );
  [team] = teams.nodes.map(({ id }: Data) => id);
  [board] = leaderboards.nodes.map(({ id }: Data) => id);
  for (const [i, name] of ['b', 'c', 'a'].entries()) {
    const { token } = await createToken(db, {
      ...{ userId: owner.id, teamId: null, name, scopes: ['READ'] },
      expiresAt: new Date(Date.now() + 3600_000 * (3 - i)),
    });
    if (i < 2) {
      const lastUsedAt = new Date(2026, 0, 1 + i);
      await db.prisma.token.update({ where: { id: token.id }, data: { lastUsedAt } });
    }
    const url = `https://${name}.example.org/`;
    const events = i === 0 ? '[]' : '[SEARCH_COMPLETE]';
    await api.ask(
      `mutation { createWebhook(input: { team: "${team}", url: "${url}", events: ${events} }) { secret } }`,
    );
  }
});
afterAll(() => api.close());

interface List {
  /** With `ARGS` where its arguments go, and the field of the answer that holds it. */
  readonly query: () => string;
  readonly in: (data: Data) => Data;
  readonly filter?: string;
  readonly fields: Readonly<Record<string, string>>;
}

const lists: Record<string, List> = {
  teams: {
    query: () => '{ teams(ARGS) { PAGE nodes { name } } }',
    in: ({ teams }) => teams,
    fields: { JOINED_AT: '', NAME: 'name' },
  },
  tokens: {
    query: () => `{ viewer { user { tokens(ARGS) {
      PAGE nodes { name createdAt expiresAt lastUsedAt } } } } }`,
    in: ({ viewer }) => viewer.user.tokens,
    fields: {
      ...{ CREATED_AT: 'createdAt', NAME: 'name', EXPIRES_AT: 'expiresAt' },
      LAST_USED_AT: 'lastUsedAt',
    },
  },
  webhooks: {
    query: () => `{ webhooks(team: "${team}", ARGS) { PAGE nodes { id url } } }`,
    in: ({ webhooks }) => webhooks,
    fields: { CREATED_AT: '', URL: 'url' },
  },
  'audit log': {
    query: () => `{ auditLog(ARGS) { PAGE nodes { id at } } }`,
    in: ({ auditLog }) => auditLog,
    fields: { AT: 'at' },
  },
  'audit log of a team': {
    query: () => `{ team(id: "${team}") { auditLog(ARGS) { PAGE nodes { id at } } } }`,
    in: ({ team: of }) => of.auditLog,
    fields: { AT: 'at' },
  },
  'history of a leaderboard': {
    query: () => `{ leaderboard(id: "${board}") { history(ARGS) { PAGE nodes { since } } } }`,
    in: ({ leaderboard }) => leaderboard.history,
    fields: { SINCE: 'since' },
  },
};
const orders = Object.entries(lists).flatMap(([name, list]) =>
  Object.entries(list.fields).map(([field, shown]) => ({ name, list, field, shown })),
);

/** All rows of a list, page by page. */
async function all(list: List, args: string, first: number): Promise<Data[]> {
  const rows: Data[] = [];
  for (let after = ''; ; ) {
    const page = list.in(
      await api.ask(
        list
          .query()
          .replace('ARGS', `${args} first: ${first} ${after}`)
          .replace('PAGE', 'totalCount pageInfo { hasNextPage endCursor }'),
      ),
    );
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      expect(rows).toHaveLength(page.totalCount);
      return rows;
    }
    after = `after: "${page.pageInfo.endCursor}"`;
  }
}

describe.each(orders)('$name by $field', ({ list, field, shown }) => {
  it.each(['ASC', 'DESC'])('%s, whole and page by page', async (direction) => {
    const args = `orderBy: { field: ${field}, direction: ${direction} }`;
    const whole = await all(list, args, 100);
    expect(whole.length).toBeGreaterThan(1);
    expect(await all(list, args, 1)).toEqual(whole);
    const values = whole.map((row) => row[shown] ?? null).filter((value) => value !== null);
    // Rows without a value come last.
    expect(whole.slice(0, values.length).map((row) => row[shown])).toEqual(values);
    const sorted = [...values].sort((a, b) => a.localeCompare(b));
    expect(values).toEqual(direction === 'ASC' ? sorted : sorted.reverse());
  });

  it('has a direction of its own', async () => {
    const usual = await all(list, `orderBy: { field: ${field} }`, 100);
    const [up, down] = [
      await all(list, `orderBy: { field: ${field}, direction: ASC }`, 100),
      await all(list, `orderBy: { field: ${field}, direction: DESC }`, 100),
    ];
    expect([up, down]).toContainEqual(usual);
    expect(up).not.toEqual(down);
  });
});

it('finds teams by a part of their name, and webhooks by what they are told', async () => {
  const { teams, on, told, off } = await api.ask(`{
    teams(filter: { text: "AR" }) { totalCount nodes { name } }
    on: webhooks(team: "${team}", filter: { active: true }) { totalCount }
    told: webhooks(team: "${team}", filter: { event: SEARCH_COMPLETE }) { totalCount nodes { url } }
    off: webhooks(team: "${team}", filter: { active: false }) { totalCount nodes { id } } }`);
  expect(teams).toEqual({ totalCount: 1, nodes: [{ name: 'Ark' }] });
  expect(on.totalCount).toBe(3);
  expect(told.nodes.map(({ url }: Data) => url)).toEqual([
    ...['https://a.example.org/', 'https://c.example.org/'],
  ]);
  expect(off).toEqual({ totalCount: 0, nodes: [] });
});
