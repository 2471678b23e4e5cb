import { seeTrainer } from '@blockwise/db';
import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

let api: TestApi;
let people: People;
beforeAll(async () => {
  api = await startTestApi();
  const { db } = api.platform;
  const rest = { engine: 'webgpu', onGpu: true, versions: {} };
  await seeTrainer(db, { ...rest, id: 'a: "b" ü', name: 'Alpha', device: 'L4' });
  await seeTrainer(db, { ...rest, id: 'gone', name: 'Beta', device: 'T4' });
  await db.prisma.trainer.update({
    where: { id: 'gone' },
    data: { lastSeen: new Date(Date.now() - 181_000) },
  });
  await startSearch(api);
  await takeAttempt(api.platform, 'teacher');
  people = await bringPeople(api.platform.db);
});
afterAll(() => api.close());

const list = `query ($filter: TrainerFilter, $orderBy: TrainerOrder = { field: NAME }, $first: Int, $after: String) {
  trainers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id name engine device state versions lastSeen jobs { kind } }
  }
}`;
const named = (data: Data): string[] => data.trainers.nodes.map(({ name }: Data) => name);

it('says of every trainer whether it is there and works', async () => {
  const { trainers } = await api.as(people.tokens.owner).ask(list);
  expect(trainers.totalCount).toBe(3);
  expect(trainers.nodes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Alpha', state: 'IDLE', versions: null, jobs: [] }),
      expect.objectContaining({ name: 'Beta', state: 'LOST' }),
      expect.objectContaining({ state: 'BUSY', jobs: [{ kind: 'TEACHER' }] }),
    ]),
  );
});

it('filters, sorts, and comes page by page, each once', async () => {
  const of = async (filter: Data) => named(await api.ask(list, { filter }));
  expect(await of({ states: ['IDLE'] })).toEqual(['Alpha']);
  expect(await of({ states: ['IDLE', 'LOST'] })).toEqual(['Alpha', 'Beta']);
  expect(await of({ states: [] })).toEqual([]);
  expect(await of({ engine: 'webgpu', text: 'l4' })).toEqual(['Alpha']);
  const orders = ['NAME', 'LAST_SEEN'].flatMap((field) =>
    [null, 'ASC', 'DESC'].map((direction) => ({ field, direction })),
  );
  for (const orderBy of orders) {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: Data = await api.ask(list, { orderBy, first: 1, after });
      found.push(...named(page));
      after = page.trainers.pageInfo.hasNextPage ? page.trainers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toHaveLength(3);
    expect(found).toEqual(named(await api.ask(list, { orderBy })));
    const { field, direction } = orderBy;
    if (field === 'LAST_SEEN') expect(found.at(direction === 'ASC' ? 0 : -1)).toBe('Beta');
  }
});

it('finds a trainer by its id, whatever it calls itself, for who is signed in', async () => {
  const { trainers } = await api.ask(list, { filter: { text: 'alpha' } });
  const { id } = trainers.nodes[0];
  const node = 'query ($id: ID!) { node(id: $id) { id ... on Trainer { name } } }';
  expect((await api.ask(node, { id })).node).toEqual({ id, name: 'Alpha' });
  expect((await api.as(null).ask(node, { id })).node).toBeNull();
  expect((await api.as(null).fail(list)).extensions.code).toBe('UNAUTHENTICATED');
  const unknown = Buffer.from('Trainer:AAAA').toString('base64url');
  expect((await api.ask(node, { id: unknown })).node).toBeNull();
});

it('leaves out jobs that the viewer may not see', async () => {
  const filter = { states: ['BUSY'] };
  const { trainers } = await api.as(people.tokens.outsider).ask(list, { filter });
  expect(trainers.nodes).toMatchObject([{ state: 'BUSY', jobs: [] }]);
});
