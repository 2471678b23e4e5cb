import assert from 'node:assert/strict';
import { Skip } from '../case.ts';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';

const member = { who: 'MEMBER', scope: 'WRITE', inTeam: 'refusals' } as const;
const paused = async (world: World) => ({ id: await world.paused() });
const cancelled = async (world: World) => ({ id: await world.own() });
const pause = 'mutation ($id: ID!) { pauseSearch(input: { search: $id }) { id state } }';

/** The only job of the search that was cancelled at once. */
async function cancelledJob(world: World) {
  const { search } = await world.owner.ask(
    'query ($id: ID!) { search(id: $id) { jobs(first: 1) { nodes { id } } } }',
    await cancelled(world),
  );
  return { id: search.jobs.nodes[0].id };
}

const hasEnded = { code: 'CONFLICT', told: 'a cancelled search', variables: cancelled };
const isNoId = { code: 'BAD_INPUT', told: 'what is no id', variables: () => ({ id: 'nothing' }) };

/** What people do to a search under way. */
export const steering: readonly Operation[] = [
  {
    ...member,
    name: 'Mutation.pauseSearch',
    document: pause,
    variables: paused,
    refusedVariables: cancelled,
    check: ({ state }) => assert.equal(state, 'PAUSED'),
    refusals: [hasEnded, isNoId],
  },
  {
    ...member,
    name: 'Mutation.resumeSearch',
    document: 'mutation ($id: ID!) { resumeSearch(input: { search: $id }) { id state } }',
    variables: paused,
    refusedVariables: cancelled,
    check: ({ state }) => assert.match(state, /^(QUEUED|RUNNING)$/),
    after: ({ id }, { owner }) => owner.ask(pause, { id }),
    refusals: [hasEnded, isNoId],
  },
  {
    ...member,
    name: 'Mutation.retryJob',
    document: 'mutation ($id: ID!) { retryJob(input: { job: $id }) { id state } }',
    variables: () => {
      throw new Skip('it takes a search that has failed');
    },
    refusedVariables: cancelledJob,
    refusals: [
      { code: 'CONFLICT', told: 'a job of a cancelled search', variables: cancelledJob },
      isNoId,
    ],
  },
  {
    ...member,
    name: 'Mutation.setPriority',
    document: `mutation ($id: ID!) {
      setPriority(input: { search: $id, priority: LOW }) { id state priority }
    }`,
    variables: paused,
    refusedVariables: cancelled,
    check: ({ state, priority }) => assert.deepEqual([state, priority], ['PAUSED', 'LOW']),
    refusals: [hasEnded, isNoId],
  },
];
