import assert from 'node:assert/strict';
import type { Data } from '../caller.ts';
import type { Operation } from '../operation.ts';
import { ownKey, spec } from '../own-search.ts';
import type { World } from '../world.ts';

const finishedId = (world: World) => ({ id: world.finished().id });

/** 64-bit floats of a packed column. */
function unpacked(column: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(column, 'base64'));
  return [...new Float64Array(bytes.buffer)];
}

/** The curve of a job is what its runs measured, one after the other. */
async function holdsTogether(job: string, { owner }: World): Promise<void> {
  const { node } = await owner.ask(
    'query ($id: ID!) { node(id: $id) { ... on Job { runs { id } } } }',
    {
      id: job,
    },
  );
  const ask = (of: string, ids: readonly string[]) =>
    owner.ask(
      `query ($ids: [ID!]!) {
        curves(${of}: $ids, keys: ["loss"], sampling: NONE) { job run steps values }
      }`,
      { ids },
    );
  const runs: string[] = node.runs.map(({ id }: Data) => id);
  const [{ curves: whole }, { curves: parts }] = [
    await ask('jobs', [job]),
    await ask('runs', runs),
  ];
  assert.deepEqual(
    parts.map(({ run }: Data) => run),
    runs,
  );
  for (const column of ['steps', 'values']) {
    const joined = parts.flatMap((part: Data) => part[column]);
    assert.deepEqual(joined, whole[0][column]);
  }
}

/** Searches, and what is read of a complete one. */
export const searches: readonly Operation[] = [
  {
    name: 'Query.node',
    who: 'ANYONE',
    scope: 'READ',
    document: 'query ($id: ID!) { node(id: $id) { __typename id } }',
    variables: finishedId,
    check: (node, world) =>
      assert.deepEqual(node, { __typename: 'Search', id: world.finished().id }),
    unseen: 'null',
    refusals: [{ code: 'BAD_INPUT', told: 'what is no id', variables: () => ({ id: 'nothing' }) }],
  },
  {
    name: 'Query.nodes',
    who: 'ANYONE',
    scope: 'READ',
    document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
    variables: (world) => {
      const { id, cell, network } = world.finished();
      return { ids: [network.id, id, cell.id, world.team, world.user.id, id] };
    },
    check(nodes, _world, { ids }) {
      assert.deepEqual(
        nodes.map((node: Data) => node.id),
        ids,
      );
      const types = nodes.map((node: Data) => node.__typename);
      assert.deepEqual(types, ['Network', 'Search', 'Cell', 'Team', 'User', 'Search']);
    },
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'more than 100 ids',
        variables: (world) => ({ ids: Array.from({ length: 101 }, () => world.team) }),
      },
    ],
  },
  {
    name: 'Query.searchesChanged',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($after: String) {
      searchesChanged(after: $after, first: 10) { cursor gone searches { id } }
    }`,
    variables: () => ({ after: null }),
    check({ cursor, gone, searches }) {
      assert.ok(cursor);
      assert.deepEqual([gone, searches], [[], []]);
    },
    refusals: [
      {
        ...{ code: 'BAD_INPUT', told: 'what is no cursor', path: ['after'] },
        variables: () => ({ after: 'x' }),
      },
    ],
  },
  {
    name: 'Subscription.searchesChanged',
    who: 'ANYONE',
    scope: 'READ',
    document: 'subscription { searchesChanged { cursor gone searches { id } } }',
    payloads: 1,
    check: ([{ cursor, searches }]) => {
      assert.ok(cursor);
      assert.deepEqual(searches, []);
    },
  },
  {
    name: 'Query.search',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!) { search(id: $id) { id state spaceSize createdAt spec team { id } } }`,
    variables: finishedId,
    check({ state, spaceSize, createdAt }) {
      assert.equal(state, 'COMPLETE');
      assert.match(spaceSize, /^[1-9]\d*$/);
      assert.equal(new Date(createdAt).toISOString(), createdAt);
    },
    unseen: 'null',
    refusals: [
      { code: 'BAD_INPUT', told: 'an id of another kind', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Query.searches',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($filter: SearchFilter, $first: Int) {
      searches(filter: $filter, first: $first) { totalCount nodes { id state createdAt } }
    }`,
    variables: () => ({ filter: { states: ['COMPLETE'] }, first: 20 }),
    check({ nodes, totalCount }) {
      assert.ok(totalCount >= nodes.length);
      const states = new Set(nodes.map((node: Data) => node.state));
      assert.deepEqual(
        [...states].filter((state) => state !== 'COMPLETE'),
        [],
      );
      const times = nodes.map((node: Data) => node.createdAt);
      assert.deepEqual(times, [...times].sort().reverse(), 'the newest first');
    },
  },
  {
    name: 'Query.candidateColumns',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($cell: ID!) {
      candidateColumns(cell: $cell) { count indices ranks loss error kl top1 params macs flopsTool activationBytes }
    }`,
    variables: (world) => ({ cell: world.finished().cell.id }),
    async check({ count, ...columns }, world, { cell }) {
      assert.equal(count, world.finished().cell.candidateCount);
      const { candidates }: Data = await world.owner.ask(
        `query ($cell: ID!) {
          candidates(cell: $cell, orderBy: { field: PATH }, first: 100) { nodes { rank loss macs params } }
        }`,
        { cell },
      );
      const [loss, macs, params] = [columns.loss, columns.macs, columns.params].map(unpacked);
      candidates.nodes.forEach((node: Data, i: number) => {
        const same = [loss?.[i], macs?.[i], params?.[i]];
        assert.deepEqual([node.loss, Number(node.macs), Number(node.params)], same);
      });
      assert.equal(loss?.length, count, 'a value for every path');
    },
    unseen: 'NOT_FOUND',
  },
  {
    name: 'Query.candidates',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($cell: ID!, $order: CandidateOrder, $filter: CandidateFilter) {
      candidates(cell: $cell, orderBy: $order, filter: $filter) {
        totalCount nodes { rank path layers loss params macs flopsTool }
      }
    }`,
    variables: (world) => ({
      cell: world.finished().cell.id,
      order: { field: 'MACS', direction: 'DESC' },
    }),
    async check({ totalCount, nodes }, world, { cell }) {
      assert.equal(totalCount, world.finished().cell.candidateCount);
      const macs = nodes.map((node: Data) => BigInt(node.macs));
      const sorted = [...macs].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
      assert.deepEqual(macs, sorted, 'the most macs first');
      for (const { path, layers } of nodes) assert.equal(path.length, layers.length);
      const { loss } = nodes[0];
      const { candidates }: Data = await world.owner.ask(
        `query ($cell: ID!, $filter: CandidateFilter!) {
          candidates(cell: $cell, filter: $filter, first: 100) { totalCount nodes { loss } }
        }`,
        { cell, filter: { loss: { max: loss } } },
      );
      assert.ok(candidates.totalCount > 0 && candidates.totalCount <= totalCount);
      assert.ok(
        candidates.nodes.every((node: Data) => node.loss <= loss),
        'only what was asked for',
      );
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'a search in place of a cell',
        variables: (world) => ({ cell: world.finished().id }),
      },
    ],
  },
  {
    name: 'Query.solve',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!, $constraints: ConstraintsInput, $networks: Int! = 5, $lambdas: [Float!]) {
      solve(search: $id, constraints: $constraints, networks: $networks, lambdas: $lambdas) {
        loss macs encoding choices { block cell path }
      }
    }`,
    variables: (world) => ({ id: world.finished().id, networks: 10 }),
    check(solutions, world) {
      const losses = solutions.map((solution: Data) => solution.loss);
      assert.ok(losses.length > 0);
      assert.deepEqual(
        losses,
        [...losses].sort((a, b) => a - b),
        'the least loss first',
      );
      const encodings = solutions.map((solution: Data) => solution.encoding);
      assert.equal(new Set(encodings).size, encodings.length, 'no network twice');
      const { blocks } = world.finished();
      for (const { choices } of solutions) assert.equal(choices.length, blocks);
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'INFEASIBLE',
        told: 'a budget of one parameter',
        variables: (world) => ({ id: world.finished().id, constraints: { params: { max: 1 } } }),
      },
      {
        code: 'BAD_INPUT',
        told: 'a λ too many',
        variables: (world) => ({
          id: world.finished().id,
          lambdas: Array.from({ length: world.finished().blocks + 1 }, () => 1),
        }),
      },
      {
        code: 'BAD_INPUT',
        told: 'no networks',
        variables: (world) => ({ id: world.finished().id, networks: 0 }),
      },
      {
        code: 'NOT_READY',
        told: 'a search that is not rated',
        variables: async (world) => ({ id: await world.own() }),
      },
    ],
  },
  {
    name: 'Query.paretoFront',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!, $x: Axis! = MACS) {
      paretoFront(search: $id, x: $x, y: LOSS) { count macs losses encodings params }
    }`,
    variables: finishedId,
    check({ count, macs, losses, encodings, params }) {
      for (const column of [macs, losses, encodings, params]) assert.equal(column.length, count);
      for (let i = 1; i < count; i += 1) {
        assert.ok(BigInt(macs[i]) > BigInt(macs[i - 1]), 'macs ascend');
        assert.ok(losses[i] < losses[i - 1], 'losses descend');
      }
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'NOT_READY',
        told: 'a search that is not rated',
        variables: async (world) => ({ id: await world.own() }),
      },
    ],
  },
  {
    name: 'Query.curves',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($jobs: [ID!]!, $keys: [String!], $maxPoints: Int! = 2000) {
      curves(jobs: $jobs, keys: $keys, maxPoints: $maxPoints) { job key steps values wallTimes }
    }`,
    variables: (world) => ({
      jobs: world
        .finished()
        .jobs.slice(0, 20)
        .map(({ id }) => id),
      keys: ['loss', 'no such key'],
      maxPoints: 20,
    }),
    async check(curves, world, { jobs }) {
      const asked = (jobs as string[]).flatMap((job) => [`${job} loss`, `${job} no such key`]);
      const told = curves.map(({ job, key }: Data) => `${job} ${key}`);
      assert.deepEqual(told, asked, 'by job, then by key; none vanishes');
      for (const { key, steps, values, wallTimes } of curves) {
        assert.deepEqual([values.length, wallTimes.length], [steps.length, steps.length]);
        assert.ok(steps.length <= 20 && (key === 'loss') === steps.length > 0, key);
        assert.deepEqual(
          steps,
          [...steps].sort((a, b) => a - b),
        );
      }
      const [first] = curves;
      const { curves: again } = await world.owner.ask(
        `query ($jobs: [ID!]!, $keys: [String!], $maxPoints: Int!) {
          curves(jobs: $jobs, keys: $keys, maxPoints: $maxPoints) {
            packed { count values wallTimes }
          }
        }`,
        { jobs: [first.job], keys: [first.key], maxPoints: 20 },
      );
      const [{ packed }] = again;
      const floats = [packed.values, packed.wallTimes].map(unpacked);
      assert.deepEqual(floats, [first.values, first.wallTimes], 'packed columns are the same');
      assert.equal(packed.count, first.steps.length);
      await holdsTogether(first.job, world);
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'more than 500 jobs',
        variables: (world) => ({
          jobs: Array.from({ length: 501 }, () => world.finished().jobs[0]?.id),
        }),
      },
    ],
  },
  {
    name: 'Query.searchLog',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!, $first: Int! = 100) {
      searchLog(search: $id, first: $first) { cursor at kind state }
    }`,
    variables: finishedId,
    check(events: readonly { cursor: string; kind: string; state: string | null }[]) {
      assert.equal(events.find(({ kind }) => kind === 'SEARCH_CHANGED')?.state, 'COMPLETE');
      const cursors = events.map(({ cursor }) => Number(cursor));
      const descending = cursors.toSorted((a, b) => b - a);
      assert.deepEqual(cursors, descending);
      assert.ok(events.every(({ kind }) => kind !== 'CURVE_POINTS' && kind !== 'JOB_PROGRESS'));
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'more than 1,000 events',
        variables: (world) => ({ id: world.finished().id, first: 1001 }),
      },
    ],
  },
  {
    name: 'Query.searchEvents',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!, $after: String, $first: Int! = 500) {
      searchEvents(search: $id, after: $after, first: $first) { cursor events { cursor at kind state } }
    }`,
    variables: finishedId,
    check({ cursor, events }) {
      assert.ok(events.length > 0);
      assert.equal(cursor, events.at(-1).cursor);
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'more than 1,000 events',
        variables: (world) => ({ id: world.finished().id, first: 1001 }),
      },
      {
        code: 'BAD_INPUT',
        told: 'what is no cursor',
        variables: (world) => ({ id: world.finished().id, after: 'nowhere' }),
      },
    ],
  },
  {
    name: 'Query.curvePoints',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!, $after: String, $first: Int! = 500) {
      curvePoints(search: $id, after: $after, first: $first) {
        cursor resets { job afterStep } curves { job key steps values }
      }
    }`,
    variables: finishedId,
    check({ curves }) {
      for (const { steps, values } of curves) assert.equal(steps.length, values.length);
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'more than 1,000 events',
        variables: (world) => ({ id: world.finished().id, first: 1001 }),
        path: ['first'],
      },
    ],
  },
  {
    name: 'Subscription.curvePoints',
    who: 'ANYONE',
    scope: 'READ',
    document: `subscription ($id: ID!, $after: String) {
      curvePoints(search: $id, after: $after) { cursor curves { job key steps values } }
    }`,
    variables: finishedId,
    check(pages) {
      assert.ok(pages.length > 0);
      for (const { steps, values } of pages.flatMap((page: Data) => page.curves)) {
        assert.equal(steps.length, values.length);
      }
    },
    unseen: 'NOT_FOUND',
  },
  {
    name: 'Subscription.searchEvents',
    who: 'ANYONE',
    scope: 'READ',
    document: `subscription ($id: ID!, $after: String) {
      searchEvents(search: $id, after: $after) { cursor events { cursor kind state } }
    }`,
    variables: finishedId,
    check(pages) {
      const events = pages.flatMap((page: Data) => page.events);
      assert.ok(events.length > 0);
      assert.equal(new Set(events.map((event: Data) => event.cursor)).size, events.length);
    },
    unseen: 'NOT_FOUND',
  },
  {
    name: 'Mutation.startSearch',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: StartSearchInput!) {
      startSearch(input: $input) { id name state team { id } }
    }`,
    variables: async (world) => {
      await world.own();
      return { input: { spec, team: world.team, visibility: 'TEAM', idempotencyKey: ownKey } };
    },
    refusedVariables: ({ team }) => ({ input: { spec, team } }),
    async check(search, world) {
      const own = await world.own();
      const { name } = spec;
      assert.deepEqual(search, { id: own, name, state: 'CANCELLED', team: { id: world.team } });
    },
    inTeam: 'refusals',
    refusals: [
      {
        code: 'CONFLICT',
        told: 'the key of another specification',
        variables: async (world) => {
          await world.own();
          const other = { ...spec, seed: 1 };
          return { input: { spec: other, team: world.team, idempotencyKey: ownKey } };
        },
      },
      {
        code: 'SPACE_SYNTAX',
        told: 'what is no space',
        variables: ({ team }) => ({ input: { spec: { ...spec, space: 'nothing' }, team } }),
      },
      {
        code: 'SPEC_INVALID',
        told: 'a field out of its range',
        variables: ({ team }) => ({ input: { spec: { ...spec, ratingPerClass: 0 }, team } }),
        path: ['spec', 'ratingPerClass'],
      },
      {
        code: 'INFEASIBLE',
        told: 'a budget that no network keeps',
        variables: ({ team }) => ({
          input: { spec: { ...spec, constraints: { params: { max: 1 } } }, team },
        }),
      },
      {
        code: 'BAD_INPUT',
        told: 'a field that is unknown',
        variables: ({ team }) => ({ input: { spec: { ...spec, colour: 'red' }, team } }),
      },
    ],
  },
  {
    name: 'Mutation.cancelSearch',
    who: 'MEMBER',
    scope: 'WRITE',
    document: 'mutation ($id: ID!) { cancelSearch(input: { search: $id }) { id state } }',
    variables: async (world) => ({ id: await world.own() }),
    check: ({ state }) => assert.equal(state, 'CANCELLED'),
    inTeam: 'refusals and success',
    refusals: [
      {
        code: 'CONFLICT',
        told: 'a complete search',
        variables: finishedId,
      },
      { code: 'BAD_INPUT', told: 'what is no id', variables: () => ({ id: 'nothing' }) },
    ],
  },
];
