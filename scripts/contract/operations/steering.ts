import assert from 'node:assert/strict';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';

const member = { who: 'MEMBER', scope: 'WRITE', inTeam: 'refusals' } as const;
const paused = async (world: World) => ({ id: await world.paused() });
const cancelled = async (world: World) => ({ id: await world.own() });
const pause = 'mutation ($id: ID!) { pauseSearch(input: { search: $id }) { id state } }';

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
];
