import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Data } from '../caller.ts';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';

const inTeam = 'mutation ($id: ID!) { deleteTeam(input: { team: $id }) { id } }';
const remove = (answer: Data, { owner }: World) => owner.ask(inTeam, { id: answer.id });
const someName = () => `contract ${randomUUID()}`;

async function newTeam({ owner }: World): Promise<string> {
  const { createTeam } = await owner.ask(
    'mutation ($name: String!) { createTeam(input: { name: $name }) { id } }',
    { name: someName() },
  );
  return createTeam.id;
}

async function newInvitation({ owner, team }: World): Promise<{ id: string; secret: string }> {
  const { inviteMember } = await owner.ask(
    `mutation ($team: ID!) {
      inviteMember(input: { team: $team, role: VIEWER, days: 1 }) { secret invitation { id } }
    }`,
    { team },
  );
  return { id: inviteMember.invitation.id, secret: inviteMember.secret };
}

const revokeInvitation =
  'mutation ($id: ID!) { revokeInvitation(input: { invitation: $id }) { id revokedAt } }';

/** Teams, their members and invitations. */
export const teams: readonly Operation[] = [
  {
    name: 'Query.team',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: 'query ($id: ID!) { team(id: $id) { id viewerRole members { role user { id } } } }',
    variables: ({ team }) => ({ id: team }),
    check({ viewerRole, members }, { user }) {
      assert.equal(viewerRole, 'OWNER');
      const own = members.find((member: Data) => member.user.id === user.id);
      assert.equal(own.role, 'OWNER');
    },
    refusals: [{ code: 'BAD_INPUT', told: 'what is no id', variables: () => ({ id: 'nothing' }) }],
  },
  {
    name: 'Query.teams',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: '{ teams(first: 100) { totalCount nodes { id viewerRole } } }',
    check({ nodes }) {
      assert.ok(nodes.length > 0);
      assert.ok(nodes.every((team: Data) => team.viewerRole !== null));
    },
  },
  {
    name: 'Mutation.createTeam',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: `mutation ($name: String!) { createTeam(input: { name: $name }) { id name viewerRole } }`,
    variables: () => ({ name: someName() }),
    check: ({ viewerRole }) => assert.equal(viewerRole, 'OWNER'),
    after: remove,
    refusals: [
      { code: 'BAD_INPUT', told: 'no name', variables: () => ({ name: ' ' }), path: ['name'] },
      {
        code: 'CONFLICT',
        told: 'a name that is taken',
        variables: async ({ owner, team }) => ({ name: await nameOf(owner, team) }),
      },
    ],
  },
  {
    name: 'Mutation.renameTeam',
    who: 'OWNER',
    scope: 'ADMIN',
    document: `mutation ($team: ID!, $name: String!) {
      renameTeam(input: { team: $team, name: $name }) { id name }
    }`,
    variables: async (world) => ({ team: await newTeam(world), name: someName() }),
    refusedVariables: ({ team }) => ({ team, name: someName() }),
    check: ({ name }, _world, given) => assert.equal(name, given.name),
    after: remove,
    inTeam: 'refusals',
    refusals: [
      { code: 'BAD_INPUT', told: 'no name', variables: ({ team }) => ({ team, name: '' }) },
    ],
  },
  {
    name: 'Mutation.deleteTeam',
    who: 'OWNER',
    scope: 'ADMIN',
    document: inTeam,
    variables: async (world) => ({ id: await newTeam(world) }),
    refusedVariables: ({ team }) => ({ id: team }),
    async check({ id }, { owner }) {
      const { node } = await owner.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
      assert.equal(node, null, 'it is gone');
    },
    inTeam: 'refusals',
    refusals: [
      {
        code: 'CONFLICT',
        told: 'a team that owns a search',
        variables: async (world) => {
          await world.own();
          return { id: world.team };
        },
      },
    ],
  },
  {
    name: 'Mutation.inviteMember',
    who: 'MAINTAINER',
    scope: 'ADMIN',
    document: `mutation ($input: InviteMemberInput!) {
      inviteMember(input: $input) { secret url invitation { id role expiresAt } }
    }`,
    variables: ({ team }) => ({ input: { team, role: 'VIEWER', days: 1 } }),
    check({ secret, url, invitation }) {
      assert.ok(url.includes(secret));
      assert.equal(invitation.role, 'VIEWER');
      assert.ok(new Date(invitation.expiresAt).getTime() > Date.now());
    },
    after: ({ invitation }, { owner }) => owner.ask(revokeInvitation, { id: invitation.id }),
    inTeam: 'refusals and success',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'too many days',
        variables: ({ team }) => ({ input: { team, days: 31 } }),
      },
      {
        code: 'BAD_INPUT',
        told: 'what is no address',
        variables: ({ team }) => ({ input: { team, email: 'nobody' } }),
      },
    ],
  },
  {
    name: 'Mutation.revokeInvitation',
    who: 'MAINTAINER',
    scope: 'ADMIN',
    document: revokeInvitation,
    variables: async (world) => ({ id: (await newInvitation(world)).id }),
    check: ({ revokedAt }) => assert.notEqual(revokedAt, null),
    inTeam: 'refusals and success',
    refusals: [{ code: 'BAD_INPUT', told: 'what is no id', variables: () => ({ id: 'nothing' }) }],
  },
  {
    name: 'Mutation.acceptInvitation',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: 'mutation ($secret: String!) { acceptInvitation(input: { secret: $secret }) { id } }',
    variables: async (world) => {
      await world.secondAs(null);
      return { secret: (await newInvitation(world)).secret };
    },
    refusedVariables: () => ({ secret: 'bwi_nothing' }),
    caller: async (world) => (await world.secondAs(null)).caller,
    check: ({ id }, { team }) => assert.equal(id, team),
    after: async (_answer, world) => (await world.secondAs(null)).forget(),
    refusals: [
      {
        code: 'NOT_FOUND',
        told: 'an unknown secret',
        variables: () => ({ secret: 'bwi_nothing' }),
        path: ['secret'],
      },
      {
        code: 'NOT_FOUND',
        told: 'an invitation that was taken back',
        variables: async (world) => {
          const { id, secret } = await newInvitation(world);
          await world.owner.ask(revokeInvitation, { id });
          return { secret };
        },
      },
    ],
  },
  {
    name: 'Mutation.changeRole',
    who: 'OWNER',
    scope: 'ADMIN',
    document: `mutation ($team: ID!, $user: ID!, $role: TeamRole!) {
      changeRole(input: { team: $team, user: $user, role: $role }) { id members { role user { id } } }
    }`,
    variables: async (world) => {
      const { id } = await world.secondAs('VIEWER');
      return { team: world.team, user: id, role: 'VIEWER' };
    },
    refusedVariables: ({ team, user }) => ({ team, user: user.id, role: 'VIEWER' }),
    check({ members }, _world, { user }) {
      assert.equal(members.find((each: Data) => each.user.id === user).role, 'VIEWER');
    },
    inTeam: 'refusals',
    refusals: [
      {
        code: 'CONFLICT',
        told: 'the last owner',
        variables: ({ team, user }) => ({ team, user: user.id, role: 'VIEWER' }),
      },
    ],
  },
  {
    name: 'Mutation.removeMember',
    who: 'OWNER',
    scope: 'ADMIN',
    document: `mutation ($team: ID!, $user: ID!) {
      removeMember(input: { team: $team, user: $user }) { id members { user { id } } }
    }`,
    variables: async (world) => {
      const person = await world.secondAs('VIEWER');
      return { team: world.team, user: person.id };
    },
    refusedVariables: ({ team, user }) => ({ team, user: user.id }),
    check({ members }, _world, { user }) {
      assert.ok(!members.some((each: Data) => each.user.id === user));
    },
    after: async (_answer, world) => (await world.secondAs('VIEWER')).forget(),
    inTeam: 'refusals',
    refusals: [
      {
        code: 'CONFLICT',
        told: 'the last owner',
        variables: ({ team, user }) => ({ team, user: user.id }),
      },
    ],
  },
  {
    name: 'Mutation.leaveTeam',
    who: 'VIEWER',
    scope: 'ADMIN',
    document: 'mutation ($team: ID!) { leaveTeam(input: { team: $team }) { id viewerRole } }',
    variables: async (world) => {
      await world.secondAs('VIEWER');
      return { team: world.team };
    },
    refusedVariables: ({ team }) => ({ team }),
    caller: async (world) => (await world.secondAs('VIEWER')).caller,
    check: ({ viewerRole }) => assert.equal(viewerRole, null),
    after: async (_answer, world) => (await world.secondAs('VIEWER')).forget(),
    inTeam: 'refusals',
    refusals: [{ code: 'CONFLICT', told: 'the last owner', variables: ({ team }) => ({ team }) }],
  },
];

async function nameOf(owner: World['owner'], id: string): Promise<string> {
  const { team } = await owner.ask('query ($id: ID!) { team(id: $id) { name } }', { id });
  return team.name;
}
