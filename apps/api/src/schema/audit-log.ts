import { countActivities, listActivities } from '@blockwise/db';
import { builder } from './builder.ts';
import { optionalRowId } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, ownedConnection, pageArgs, pageSize } from './paging.ts';
import { AuditLogEntryObject, TeamObject, UserObject } from './refs.ts';

builder.node(AuditLogEntryObject, {
  description: 'One line of the audit log: who changed what. Lines are only ever added.',
  id: { resolve: (entry) => entry.id },
  loadWithoutCache: (id, { loaders }) => loaders.activity.load(id),
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
    action: t.exposeString('action', {
      description:
        'Name of the mutation, or `signIn`, `signInFailed`, `signOut`, `webhookSwitchedOff`.',
    }),
    user: t.field({
      type: UserObject,
      nullable: true,
      description: 'Who did it; null for a failed sign-in, and for accounts that are gone.',
      resolve: ({ userId }, _args, { loaders }) =>
        userId === null ? null : loaders.user.load(userId),
    }),
    byToken: t.boolean({
      description: 'Whether a program did it, by a token of this person.',
      resolve: ({ tokenId }) => tokenId !== null,
    }),
    team: t.field({
      type: TeamObject,
      nullable: true,
      description: 'The team that was concerned; null where none was.',
      resolve: ({ teamId }, _args, { loaders }) =>
        teamId === null ? null : loaders.team.load(teamId),
    }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'Id of what it was done to; of sign-ins the address that was given.',
    }),
    ip: t.exposeString('ip', { nullable: true, description: 'Network address it came from.' }),
    requestId: t.exposeString('requestId', {
      description: 'Id of the request, as the log has it.',
    }),
  }),
});

const AuditLogConnection = connectionOf('AuditLogEntry', AuditLogEntryObject);

const AuditLogOrder = orderInput('AuditLogEntry', 'lines of an audit log', {
  AT: 'When it was done; DESC if no direction is given.',
});

type Arguments = Parameters<typeof pageArgs>[0];

function logArgs(t: Arguments) {
  return {
    action: t.arg.string({ description: 'Only lines of this action.' }),
    user: t.arg.id({ description: 'Only what this person did.' }),
    orderBy: t.arg({ type: AuditLogOrder, description: 'Sorting; the newest first if not given.' }),
    ...pageArgs(t, 50),
  };
}

interface LogAsked {
  readonly action?: string | null | undefined;
  readonly user?: string | null | undefined;
}

function toFilter({ action, user }: LogAsked) {
  return { action, userId: optionalRowId(user, 'User', ['user']) };
}

builder.objectField(TeamObject, 'auditLog', (t) =>
  t.field({
    type: AuditLogConnection,
    description: 'What was done in the team. For maintainers.',
    args: logArgs(t),
    resolve: (team, { first, after, orderBy, ...only }, { loaders }) =>
      ownedConnection(
        loaders.activitiesOfTeam,
        team.id,
        { first, after, orderBy, filter: toFilter(only) },
        50,
      ),
  }),
);

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditLogConnection,
    description: 'What was done on the whole server, sign-ins included.',
    args: logArgs(t),
    resolve: async (_root, { first, after, orderBy, ...only }, { database }) => {
      const filter = toFilter(only);
      const page = await listActivities(database, {
        ...{ filter, after, direction: orderBy?.direction, first: pageSize(first, 50) },
      });
      return connection(page, () => countActivities(database, filter));
    },
  }),
);
