import { acceptInvitation, type InvitationRow, invite, revokeInvitation } from '@blockwise/db';
import { checkedInvitation } from '../rights/invitation-request.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { TeamRoleEnum } from './enums.ts';
import { InvitationObject, TeamObject, UserObject } from './refs.ts';

builder.node(InvitationObject, {
  description: 'An offer to join a team, good for one person, once.',
  id: { resolve: (invitation) => invitation.id },
  loadWithoutCache: (id, { loaders }) => loaders.invitation.load(id),
  fields: (t) => ({
    team: t.field({
      type: TeamObject,
      description: 'The team.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    role: t.expose('role', { type: TeamRoleEnum, description: 'The role that it gives.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Only an account of this address may accept; null: whoever has the secret.',
    }),
    createdBy: t.field({
      type: UserObject,
      description: 'Who invites.',
      resolve: ({ createdById }, _args, { loaders }) => loaders.requireUser(createdById),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is good.' }),
    acceptedAt: t.expose('acceptedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was accepted; null while it was not.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back; null while it was not.',
    }),
  }),
});

const CreatedInvitationObject = builder
  .objectRef<{ invitation: InvitationRow; secret: string }>('CreatedInvitation')
  .implement({
    description: 'A new invitation with its secret.',
    fields: (t) => ({
      invitation: t.field({
        type: InvitationObject,
        description: 'The invitation.',
        resolve: ({ invitation }) => invitation,
      }),
      secret: t.exposeString('secret', {
        description: 'For `acceptInvitation`. It is not shown again.',
      }),
      url: t.string({
        description: 'Page of the dashboard on which it is accepted: send this to the person.',
        resolve: ({ secret }, _args, { signIn }) =>
          `${signIn.webOrigin}/invitation#${encodeURIComponent(secret)}`,
      }),
    }),
  });

const InviteMemberInput = builder.inputType('InviteMemberInput', {
  description: 'Whom to invite.',
  fields: (t) => ({
    team: t.id({ required: true, description: 'Id of the team.' }),
    role: t.field({
      type: TeamRoleEnum,
      required: true,
      defaultValue: 'MEMBER',
      description: 'The role to give; none above your own.',
    }),
    email: t.string({
      description:
        'Only an account of this address may accept; anybody with the link if not given.',
    }),
    days: t.int({
      required: true,
      defaultValue: 7,
      description: 'Days for which it is good, 1 to 30.',
    }),
  }),
});

const RevokeInvitationInput = builder.inputType('RevokeInvitationInput', {
  description: 'What to take back.',
  fields: (t) => ({ invitation: t.id({ required: true, description: 'Id of the invitation.' }) }),
});

const AcceptInvitationInput = builder.inputType('AcceptInvitationInput', {
  description: 'What to accept.',
  fields: (t) => ({
    secret: t.string({ required: true, description: 'The secret behind `#` of the link.' }),
  }),
});

builder.mutationFields((t) => ({
  inviteMember: t.field({
    type: CreatedInvitationObject,
    description:
      'Makes an invitation. Nothing is sent: give the link to the person. With it somebody without ' +
      'an account can make one.',
    args: {
      input: t.arg({ type: InviteMemberInput, required: true, description: 'Whom to invite.' }),
    },
    resolve: async (_root, { input }, context) =>
      invite(context.database, await checkedInvitation(input, context)),
  }),
  revokeInvitation: t.field({
    type: InvitationObject,
    description: 'Takes an invitation back; one that was accepted stays accepted.',
    args: {
      input: t.arg({
        type: RevokeInvitationInput,
        required: true,
        description: 'What to take back.',
      }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Invitation', input.invitation, ['invitation']);
      return revokeInvitation(context.database, id);
    },
  }),
  acceptInvitation: t.field({
    type: TeamObject,
    description:
      'Joins the team of an invitation; a higher role that you have there stays. NOT_FOUND when it ' +
      'is unknown, used, taken back, expired, or for another address.',
    args: {
      input: t.arg({ type: AcceptInvitationInput, required: true, description: 'What to accept.' }),
    },
    resolve: async (_root, { input: { secret } }, context) => {
      const userId = context.viewer.principal?.userId ?? '';
      const { teamId } = await acceptInvitation(context.database, { secret, userId });
      context.note({ team: teamId });
      return context.loaders.requireTeam(teamId);
    },
  }),
}));
