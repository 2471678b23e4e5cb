import assert from 'node:assert/strict';
import type { Data, Variables } from '../caller.ts';
import { Skip } from '../case.ts';
import type { Operation, Refusal } from '../operation.ts';
import type { World } from '../world.ts';

const remove = 'mutation ($id: ID!) { deleteLeaderboard(input: { leaderboard: $id }) { id } }';
const drop = (id: string, { owner }: World) => owner.ask(remove, { id });

/** A board of the finished search's team that its best network is on, and that network's entry. */
export async function finishedBoard(
  world: World,
): Promise<{ id: string; hash: string; entry: string }> {
  const { network, id } = world.finished();
  const { search } = await world.owner.ask(
    'query ($id: ID!) { search(id: $id) { team { id } dataset { hash } } }',
    { id },
  );
  const { leaderboards }: Data = await world.owner.ask(
    `query ($filter: LeaderboardFilter, $network: ID!) {
      leaderboards(filter: $filter, first: 100) {
        nodes { id entries(filter: { network: $network }) { nodes { id } } }
      }
    }`,
    {
      filter: { team: search.team.id, datasetHash: search.dataset.hash },
      network: network.id,
    },
  );
  const board = leaderboards.nodes.find((each: Data) => each.entries.nodes.length > 0);
  if (board === undefined) throw new Skip('the search has no network on a leaderboard');
  return { id: board.id, hash: search.dataset.hash, entry: board.entries.nodes[0].id };
}

async function documentOf(world: World): Promise<unknown> {
  const { id } = await finishedBoard(world);
  const { exportLeaderboard } = await world.owner.ask(
    'query ($id: ID!) { exportLeaderboard(leaderboard: $id) }',
    { id },
  );
  return exportLeaderboard;
}

/** A board of the suite's own team, with the entries of the other. */
async function ownBoard(world: World): Promise<{ id: string; entry: string }> {
  const { importLeaderboard: board }: Data = await world.owner.ask(
    `mutation ($input: ImportLeaderboardInput!) {
      importLeaderboard(input: $input) { id entries(first: 1) { nodes { id } } }
    }`,
    { input: { team: world.team, document: await documentOf(world) } },
  );
  return { id: board.id, entry: board.entries.nodes[0].id };
}

const read = {
  who: 'ANYONE',
  scope: 'READ',
  variables: async (world: World): Promise<Variables> => ({ id: (await finishedBoard(world)).id }),
} as const;
const noBoard: Refusal = {
  code: 'BAD_INPUT',
  told: 'what is no leaderboard',
  variables: ({ team }) => ({ id: team }),
};
/** Of an operation on a board that is made for it and deleted behind it. */
const change = {
  who: 'MAINTAINER',
  variables: async (world: World): Promise<Variables> => ({ id: (await ownBoard(world)).id }),
  refusedVariables: ({ team }: World): Variables => ({ id: team }),
  refusals: [noBoard],
} as const;

/** Boards, their entries, and what is done to both. */
export const leaderboards: readonly Operation[] = [
  {
    ...read,
    name: 'Query.leaderboard',
    document: `query ($id: ID!) {
      leaderboard(id: $id) { id entries(first: 100) { nodes { rank state top1 } } }
    }`,
    check({ entries }) {
      const ranks = entries.nodes.map((node: Data) => node.rank);
      assert.deepEqual(
        ranks,
        [...ranks].sort((a, b) => a - b),
        'the best first',
      );
      const accuracies = entries.nodes.map((node: Data) => node.top1);
      assert.deepEqual(
        accuracies,
        [...accuracies].sort((a, b) => b - a),
      );
    },
    unseen: 'null',
  },
  {
    name: 'Query.leaderboards',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ leaderboards(first: 50) { totalCount nodes { id entryCount leader { rank } } } }',
    check({ nodes }) {
      for (const { entryCount, leader } of nodes)
        assert.equal(leader?.rank, entryCount ? 1 : undefined);
    },
  },
  {
    ...read,
    name: 'Query.exportLeaderboard',
    document: 'query ($id: ID!) { exportLeaderboard(leaderboard: $id) }',
    check: (document) => assert.equal(document.format, 'blockwise-leaderboard'),
    unseen: 'NOT_FOUND',
    refusals: [noBoard],
  },
  {
    ...read,
    name: 'Query.leaderboardChanged',
    document: `query ($id: ID!) {
      leaderboardChanged(leaderboard: $id, first: 10) { cursor events { cursor kind } }
    }`,
    check: ({ events, cursor }) => assert.equal(events.at(-1).cursor, cursor),
    unseen: 'NOT_FOUND',
    refusals: [noBoard],
  },
  {
    ...read,
    name: 'Subscription.leaderboardChanged',
    document: `subscription ($id: ID!) {
      leaderboardChanged(leaderboard: $id) { cursor events { cursor kind } }
    }`,
    payloads: 1,
    check: ([page]) => assert.equal(page.events[0].kind, 'ENTERED'),
    unseen: 'NOT_FOUND',
    refusals: [noBoard],
  },
  {
    name: 'Query.compareEntries',
    who: 'ANYONE',
    scope: 'READ',
    document:
      'query ($a: ID!, $b: ID!) { compareEntries(a: $a, b: $b) { layersDiffering sameData } }',
    variables: async (world) => {
      const { entry } = await finishedBoard(world);
      return { a: entry, b: entry };
    },
    check: (answer) => assert.deepEqual(answer, { layersDiffering: 0, sameData: true }),
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'what is no entry',
        variables: ({ team }) => ({ a: team, b: team }),
        path: ['a'],
      },
    ],
  },
  {
    name: 'Query.sharedLeaderboard',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($secret: String!) {
      sharedLeaderboard(secret: $secret) { id entries { nodes { rank leaderboard { id } } } }
    }`,
    async variables(world) {
      const { shareLeaderboard } = await world.owner.ask(
        'mutation ($id: ID!) { shareLeaderboard(input: { leaderboard: $id }) { secret } }',
        { id: (await ownBoard(world)).id },
      );
      return { secret: shareLeaderboard.secret };
    },
    refusedVariables: () => ({ secret: 'none' }),
    caller: ({ anonymous }) => anonymous,
    check: ({ id, entries }) => assert.equal(entries.nodes[0].leaderboard.id, id),
    after: ({ id }, world) => drop(id, world),
  },
  {
    name: 'Mutation.createLeaderboard',
    who: 'MAINTAINER',
    scope: 'WRITE',
    document: `mutation ($input: CreateLeaderboardInput!) {
      createLeaderboard(input: $input) { id budget { axis max } entryCount }
    }`,
    async variables(world) {
      const { id } = world.finished();
      const { search } = await world.owner.ask(
        'query ($id: ID!) { search(id: $id) { team { id } dataset { hash } } }',
        { id },
      );
      const budget = { axis: 'PARAMS', max: 5e6 };
      const { hash } = search.dataset;
      return { input: { team: search.team.id, name: 'suite', datasetHash: hash, budget } };
    },
    refusedVariables: ({ team }) => ({ input: { team, name: 'suite', datasetHash: '' } }),
    check: ({ budget, entryCount }) =>
      assert.deepEqual(
        { budget, entryCount },
        { budget: { axis: 'PARAMS', max: 5e6 }, entryCount: 0 },
      ),
    after: ({ id }, world) => drop(id, world),
    refusals: [
      {
        code: 'NOT_FOUND',
        told: 'data that no search of the team has',
        variables: ({ team }) => ({ input: { team, name: 'suite', datasetHash: 'none' } }),
        path: ['datasetHash'],
      },
      {
        code: 'BAD_INPUT',
        told: 'a tolerance above 1',
        variables: ({ team }) => ({ input: { team, name: 'a', datasetHash: '', tolerance: 2 } }),
        path: ['tolerance'],
      },
    ],
  },
  {
    name: 'Mutation.importLeaderboard',
    who: 'MAINTAINER',
    scope: 'WRITE',
    document: `mutation ($input: ImportLeaderboardInput!) {
      importLeaderboard(input: $input) { id entries { nodes { state imported { team } } } }
    }`,
    variables: async (world) => ({
      input: { team: world.team, document: await documentOf(world) },
    }),
    check: ({ entries }) => assert.equal(entries.nodes[0].state, 'UNVERIFIED'),
    after: ({ id }, world) => drop(id, world),
    inTeam: 'refusals and success',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'a document that was altered',
        variables: async (world) => {
          const document = {
            ...((await documentOf(world)) as object),
            exportedAt: '2020-01-01T00:00:00Z',
          };
          return { input: { team: world.team, document } };
        },
      },
    ],
  },
  {
    ...change,
    name: 'Mutation.updateLeaderboard',
    scope: 'WRITE',
    document: `mutation ($id: ID!) {
      updateLeaderboard(input: { leaderboard: $id, name: "changed" }) { id name }
    }`,
    check: ({ name }) => assert.equal(name, 'changed'),
    after: ({ id }, world) => drop(id, world),
  },
  {
    ...change,
    name: 'Mutation.shareLeaderboard',
    scope: 'ADMIN',
    document: `mutation ($id: ID!) {
      shareLeaderboard(input: { leaderboard: $id }) { secret path leaderboard { id isShared } }
    }`,
    check({ secret, path, leaderboard }) {
      assert.ok(path.endsWith(secret));
      assert.equal(leaderboard.isShared, true);
    },
    after: ({ leaderboard }, world) => drop(leaderboard.id, world),
  },
  {
    ...change,
    name: 'Mutation.unshareLeaderboard',
    scope: 'ADMIN',
    document: `mutation ($id: ID!) {
      unshareLeaderboard(input: { leaderboard: $id }) { id isShared }
    }`,
    check: ({ isShared }) => assert.equal(isShared, false),
    after: ({ id }, world) => drop(id, world),
  },
  {
    ...change,
    name: 'Mutation.deleteLeaderboard',
    scope: 'ADMIN',
    document: remove,
  },
  {
    name: 'Mutation.enterLeaderboard',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($board: ID!, $network: ID!) {
      enterLeaderboard(input: { leaderboard: $board, network: $network }) { id network { id } }
    }`,
    variables: async (world) => ({
      board: (await finishedBoard(world)).id,
      network: world.finished().network.id,
    }),
    refusedVariables: ({ team }) => ({ board: team, network: team }),
    check: ({ network }, world) => assert.equal(network.id, world.finished().network.id),
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'what is no network',
        variables: ({ team }) => ({ board: team, network: team }),
      },
    ],
  },
  {
    name: 'Mutation.withdrawEntry',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($id: ID!) {
      withdrawEntry(input: { entry: $id }) { state rank leaderboard { id } }
    }`,
    variables: async (world) => ({ id: (await ownBoard(world)).entry }),
    refusedVariables: ({ team }) => ({ id: team }),
    check: ({ state, rank }) => assert.deepEqual([state, rank], ['WITHDRAWN', null]),
    after: ({ leaderboard }, world) => drop(leaderboard.id, world),
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no entry', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Mutation.verifyEntry',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($id: ID!) {
      verifyEntry(input: { entry: $id }) { state verification { id state } }
    }`,
    async variables(world) {
      if (!world.mayWork) throw new Skip('a verification is work');
      return { id: (await finishedBoard(world)).entry };
    },
    refusedVariables: ({ team }) => ({ id: team }),
    check: ({ verification }) => assert.notEqual(verification, null),
    after: ({ verification }, { owner }) =>
      owner.post('mutation ($id: ID!) { cancelJob(input: { job: $id }) { id } }', {
        id: verification.id,
      }),
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no entry', variables: ({ team }) => ({ id: team }) },
    ],
  },
];
