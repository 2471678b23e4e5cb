import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Data } from '../caller.ts';
import type { Operation, Refusal } from '../operation.ts';
import type { World } from '../world.ts';

const text = 'stem cn_k3_s2_c8\nops ir_k3_e2 ir_k5_e2\nblock n1_c8_s2\nhead hd_c16';
const save = `mutation ($input: SaveSearchSpaceInput!) {
  saveSearchSpace(input: $input) { id name visibility team { id } space { size } }
}`;
const remove = 'mutation ($id: ID!) { deleteSearchSpace(input: { searchSpace: $id }) { id } }';

const input = ({ team }: World) => ({
  input: { team, name: `contract ${randomUUID()}`, space: { text } },
});
async function newSpace(world: World): Promise<string> {
  return (await world.owner.ask(save, input(world))).saveSearchSpace.id;
}
const drop = (id: string, { owner }: World) => owner.ask(remove, { id });
const noSpace: Refusal = {
  code: 'BAD_INPUT',
  told: 'what is no saved space',
  variables: ({ team }) => ({ id: team }),
};
const about = {
  who: 'MEMBER',
  scope: 'WRITE',
  variables: async (world: World) => ({ id: await newSpace(world) }),
  refusedVariables: ({ team }: World) => ({ id: team }),
} as const;

/** Saved spaces, and labels of what there is. */
export const spaces: readonly Operation[] = [
  {
    name: 'Query.searchSpaces',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ searchSpaces(first: 20) { totalCount nodes { id name } } }',
    check: ({ nodes, totalCount }) => assert.ok(totalCount >= nodes.length),
  },
  {
    name: 'Mutation.saveSearchSpace',
    who: 'MEMBER',
    scope: 'WRITE',
    document: save,
    variables: input,
    check({ visibility, team, space }, world) {
      assert.deepEqual([visibility, team.id, space.size], ['TEAM', world.team, '2']);
    },
    after: ({ id }, world) => drop(id, world),
    inTeam: 'refusals',
    refusals: [
      {
        code: 'SPACE_SYNTAX',
        told: 'a text that is no space',
        variables: ({ team }) => ({ input: { team, name: 'x', space: { text: 'no space' } } }),
      },
    ],
  },
  {
    name: 'Mutation.updateSearchSpace',
    ...about,
    document: `mutation ($id: ID!) {
      updateSearchSpace(input: { searchSpace: $id, description: "new" }) { id description }
    }`,
    check: ({ description }) => assert.equal(description, 'new'),
    after: ({ id }, world) => drop(id, world),
    refusals: [noSpace],
  },
  {
    name: 'Mutation.deleteSearchSpace',
    ...about,
    document: remove,
    check: ({ id }, _world, variables) => assert.equal(id, variables.id),
    refusals: [noSpace],
  },
  {
    name: 'Mutation.setVisibility',
    ...about,
    document: `mutation ($id: ID!) {
      setVisibility(id: $id, visibility: PRIVATE) { ... on SearchSpace { id visibility } }
    }`,
    check: ({ visibility }) => assert.equal(visibility, 'PRIVATE'),
    after: ({ id }, world) => drop(id, world),
    refusals: [{ ...noSpace, told: 'what has no visibility' }],
  },
  {
    name: 'Mutation.updateSearch',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($id: ID!, $name: String) {
      updateSearch(input: { search: $id, name: $name }) { id name }
    }`,
    async variables(world) {
      const { id } = world.finished();
      const { search }: Data = await world.owner.ask(
        'query ($id: ID!) { search(id: $id) { name } }',
        { id },
      );
      return { id, name: search.name };
    },
    check: ({ name }, _world, variables) => assert.equal(name, variables.name),
    refusedVariables: (world) => ({ id: world.finished().id, name: 'x' }),
    unseen: 'NOT_FOUND',
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no search', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Query.compare',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($searches: [ID!]!) { compare(searches: $searches) { __typename } }`,
    variables: (world) => ({ searches: [world.finished().id, world.finished().id] }),
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'no search at all',
        variables: () => ({ searches: [] }),
      },
    ],
  },
  {
    name: 'Query.datasets',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ datasets(first: 20) { totalCount nodes { id hash kind } } }',
    check: ({ nodes, totalCount }) => assert.ok(totalCount >= nodes.length),
  },
  {
    name: 'Query.teachers',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ teachers(first: 20) { totalCount nodes { id architecture top1 } } }',
    check: ({ nodes, totalCount }) => assert.ok(totalCount >= nodes.length),
  },
];
