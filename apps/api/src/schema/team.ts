import {
  changeMember,
  countTeams,
  createTeam,
  deleteTeam,
  listTeams,
  renameTeam,
} from '@blockwise/db';
import { checkedName } from '../checked-name.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { TeamRoleEnum } from './enums.ts';
import { rowId } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { InvitationObject, MembershipObject, TeamObject, UserObject } from './refs.ts';

MembershipObject.implement({
  description: 'A person in a team.',
  fields: (t) => ({
    user: t.field({
      type: UserObject,
      description: 'Who it is.',
      resolve: ({ userId }, _args, { loaders }) => loaders.requireUser(userId),
    }),
    team: t.field({
      type: TeamObject,
      description: 'The team.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    role: t.expose('role', { type: TeamRoleEnum, description: 'What the person may do in it.' }),
    since: t.expose('createdAt', { type: 'DateTime', description: 'When the person joined.' }),
  }),
});

builder.node(TeamObject, {
  description:
    'People who work together. Searches, spaces, boards and all that comes of them belong to a team.',
  id: { resolve: (team) => team.id },
  loadWithoutCache: (id, { loaders }) => loaders.team.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name, unique on the server.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    viewerRole: t.field({
      type: TeamRoleEnum,
      nullable: true,
      description: 'What you may do in it; null when you are no member.',
      // Not by the rights of the request: it may have made the team just now.
      resolve: async ({ id }, _args, { viewer: { principal }, loaders }) => {
        if (principal === null) return null;
        const memberships = await loaders.membershipsOfUser.load(principal.userId);
        return memberships.find(({ teamId }) => teamId === id)?.role;
      },
    }),
    members: t.field({
      type: [MembershipObject],
      description: 'Its members, the longest there first. For members.',
      resolve: ({ id }, _args, { loaders }) => loaders.membersOfTeam.load(id),
    }),
    invitations: t.field({
      type: [InvitationObject],
      description: 'Invitations that can still be accepted, newest first. For maintainers.',
      resolve: ({ id }, _args, { loaders }) => loaders.invitationsOfTeam.load(id),
    }),
  }),
});

const TeamConnection = connectionOf('Team', TeamObject);

const TeamFilter = builder.inputType('TeamFilter', {
  description: 'Which teams; all of yours if empty.',
  fields: (t) => ({
    text: t.string({ description: 'Whose name has this in it, in any case.' }),
  }),
});

const TeamOrder = orderInput('Team', 'teams', {
  JOINED_AT: 'When you became a member; ASC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
});

builder.queryFields((t) => ({
  team: t.field({
    type: TeamObject,
    nullable: true,
    description: 'A team by its id, or null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the team.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.team.load(rowId(id, 'Team', ['id'])),
  }),
  teams: t.field({
    type: TeamConnection,
    description: 'Teams that you are a member of.',
    args: {
      filter: t.arg({ type: TeamFilter, description: 'Which of them.' }),
      orderBy: t.arg({
        type: TeamOrder,
        description: 'Sorting; the longest a member first if not given.',
      }),
      ...pageArgs(t, 50),
    },
    resolve: async (_root, { filter, orderBy, first, after }, { database, viewer }) => {
      const whose = { userId: viewer.principal?.userId ?? '', text: filter?.text };
      const page = await listTeams(database, {
        ...{ ...whose, after, first: pageSize(first, 50) },
        ...(orderBy ? { orderBy } : {}),
      });
      return connection(page, () => countTeams(database, whose));
    },
  }),
}));

const teamId = 'Id of the team.';

const CreateTeamInput = builder.inputType('CreateTeamInput', {
  description: 'The team to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 100 characters, unique on the server.' }),
  }),
});

const RenameTeamInput = builder.inputType('RenameTeamInput', {
  description: 'What to rename.',
  fields: (t) => ({
    team: t.id({ required: true, description: teamId }),
    name: t.string({ required: true, description: '1 to 100 characters, unique on the server.' }),
  }),
});

const TeamInput = builder.inputType('TeamInput', {
  description: 'Which team.',
  fields: (t) => ({ team: t.id({ required: true, description: teamId }) }),
});

const ChangeRoleInput = builder.inputType('ChangeRoleInput', {
  description: 'Who becomes what.',
  fields: (t) => ({
    team: t.id({ required: true, description: teamId }),
    user: t.id({ required: true, description: 'Id of the member.' }),
    role: t.field({ type: TeamRoleEnum, required: true, description: 'The new role.' }),
  }),
});

const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'Who leaves.',
  fields: (t) => ({
    team: t.id({ required: true, description: teamId }),
    user: t.id({ required: true, description: 'Id of the member.' }),
  }),
});

builder.mutationFields((t) => ({
  createTeam: t.field({
    type: TeamObject,
    description: 'Makes a team; you are its owner. CONFLICT when the name is taken.',
    args: {
      input: t.arg({ type: CreateTeamInput, required: true, description: 'The team to make.' }),
    },
    resolve: (_root, { input }, { database, viewer }) =>
      createTeam(database, {
        name: checkedName(input.name, ['name']),
        ownerId: viewer.principal?.userId ?? '',
      }),
  }),
  renameTeam: t.field({
    type: TeamObject,
    description: 'Gives a team another name. CONFLICT when the name is taken.',
    args: {
      input: t.arg({ type: RenameTeamInput, required: true, description: 'What to rename.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Team', input.team, ['team']);
      return renameTeam(context.database, id, checkedName(input.name, ['name']));
    },
  }),
  deleteTeam: t.field({
    type: TeamObject,
    description:
      'Deletes a team that owns nothing, and answers it once more. CONFLICT while it owns searches ' +
      'or boards.',
    args: { input: t.arg({ type: TeamInput, required: true, description: 'Which team.' }) },
    resolve: async (_root, { input }, context) => {
      const team = await subject(context, 'Team', input.team, ['team']);
      await deleteTeam(context.database, team.id);
      return team;
    },
  }),
  changeRole: t.field({
    type: TeamObject,
    description: 'Gives a member another role. CONFLICT for the last owner.',
    args: {
      input: t.arg({ type: ChangeRoleInput, required: true, description: 'Who becomes what.' }),
    },
    resolve: async (_root, { input }, context) => {
      const team = await subject(context, 'Team', input.team, ['team']);
      const userId = rowId(input.user, 'User', ['user']);
      await changeMember(context.database, { teamId: team.id, userId, role: input.role });
      return team;
    },
  }),
  removeMember: t.field({
    type: TeamObject,
    description:
      'Takes a member out of a team and revokes the tokens that the member made for it. CONFLICT ' +
      'for the last owner.',
    args: {
      input: t.arg({ type: RemoveMemberInput, required: true, description: 'Who leaves.' }),
    },
    resolve: async (_root, { input }, context) => {
      const team = await subject(context, 'Team', input.team, ['team']);
      const userId = rowId(input.user, 'User', ['user']);
      await changeMember(context.database, { teamId: team.id, userId, role: null });
      return team;
    },
  }),
  leaveTeam: t.field({
    type: TeamObject,
    description: 'Ends your own membership. CONFLICT for the last owner.',
    args: { input: t.arg({ type: TeamInput, required: true, description: 'Which team.' }) },
    resolve: async (_root, { input }, context) => {
      const team = await subject(context, 'Team', input.team, ['team']);
      const userId = context.viewer.principal?.userId ?? '';
      await changeMember(context.database, { teamId: team.id, userId, role: null });
      return team;
    },
  }),
}));
