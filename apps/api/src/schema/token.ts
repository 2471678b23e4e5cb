import { createToken, revokeToken, type TokenRow } from '@blockwise/db';
import { ownToken } from '../rights/own-token.ts';
import { checkedTokenRequest } from '../rights/token-request.ts';
import { builder } from './builder.ts';
import { TokenScopeEnum } from './enums.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { TeamObject, TokenObject, UserObject } from './refs.ts';

builder.node(TokenObject, {
  description:
    'A secret with which a program signs in: `Authorization: Bearer …`. The secret itself is shown ' +
    'once, when it is made.',
  id: { resolve: (token) => token.id },
  loadWithoutCache: (id, { loaders }) => loaders.token.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    prefix: t.exposeString('prefix', {
      description: 'First characters of the secret, to tell tokens apart.',
    }),
    scopes: t.field({
      type: [TokenScopeEnum],
      description: 'What it may be used for.',
      resolve: ({ scopes }) => [...scopes],
    }),
    user: t.field({
      type: UserObject,
      description: 'Who made it: it never has more rights than this person.',
      resolve: ({ userId }, _args, { loaders }) => loaders.requireUser(userId),
    }),
    team: t.field({
      type: TeamObject,
      nullable: true,
      description: 'The only team that it is good for; null: all teams of its maker.',
      resolve: ({ teamId }, _args, { loaders }) =>
        teamId === null ? null : loaders.requireTeam(teamId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When somebody ended it; null while nobody has.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was used last, to the minute; null when it never was.',
    }),
  }),
});

const TokenConnection = connectionOf('Token', TokenObject);

const TokenOrder = orderInput('Token', 'tokens', {
  CREATED_AT: 'When they were made; DESC if no direction is given.',
  NAME: 'What they are for; ASC if no direction is given.',
  EXPIRES_AT: 'When they end by themselves; ASC if no direction is given.',
  LAST_USED_AT:
    'When they were used last, those that never were last; DESC if no direction is given.',
});

builder.objectField(UserObject, 'tokens', (t) =>
  t.field({
    type: TokenConnection,
    description: 'Tokens that this person made; only your own are shown.',
    args: {
      activeOnly: t.arg.boolean({
        required: true,
        defaultValue: true,
        description: 'Leaves out what is expired or revoked.',
      }),
      orderBy: t.arg({ type: TokenOrder, description: 'Sorting; the newest first if not given.' }),
      ...pageArgs(t, 50),
    },
    resolve: async (user, { activeOnly, ...page }, { loaders, viewer }) => {
      const isOwn = viewer.principal?.userId === user.id && viewer.hasScope('ADMIN');
      if (!isOwn) {
        return connection<TokenRow>(
          { edges: [], hasNextPage: false, endCursor: null },
          async () => 0,
        );
      }
      const asked = { ...page, filter: { activeOnly } };
      return ownedConnection(loaders.tokensOfUser, user.id, asked, 50);
    },
  }),
);

builder.objectField(TeamObject, 'tokens', (t) =>
  t.field({
    type: TokenConnection,
    description: 'Tokens that are good for this team only. For maintainers.',
    args: {
      activeOnly: t.arg.boolean({
        required: true,
        defaultValue: true,
        description: 'Leaves out what is expired or revoked.',
      }),
      orderBy: t.arg({ type: TokenOrder, description: 'Sorting; the newest first if not given.' }),
      ...pageArgs(t, 50),
    },
    resolve: (team, { activeOnly, ...page }, { loaders }) =>
      ownedConnection(loaders.tokensOfTeam, team.id, { ...page, filter: { activeOnly } }, 50),
  }),
);

const CreatedTokenObject = builder
  .objectRef<{ token: TokenRow; secret: string }>('CreatedToken')
  .implement({
    description: 'A new token with its secret.',
    fields: (t) => ({
      token: t.field({
        type: TokenObject,
        description: 'The token.',
        resolve: ({ token }) => token,
      }),
      secret: t.exposeString('secret', {
        description: 'What programs send. It is not shown again: keep it as you keep passwords.',
      }),
    }),
  });

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'The token to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, 1 to 100 characters.' }),
    scopes: t.field({
      type: [TokenScopeEnum],
      required: true,
      description: 'What it may be used for; at least one, and none that you do not have.',
    }),
    team: t.id({ description: 'Id of the only team it is good for; all your teams if not given.' }),
    days: t.int({
      description:
        'Days until it ends by itself, 1 to 366; 90 if not given, or as long as the token that asks.',
    }),
  }),
});

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'What to end.',
  fields: (t) => ({ token: t.id({ required: true, description: 'Id of the token.' }) }),
});

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreatedTokenObject,
    description:
      'Makes a token for a program. A token cannot make one that may do more or lasts longer than ' +
      'itself: FORBIDDEN. The scope TRAIN stands alone and takes an operator.',
    args: {
      input: t.arg({ type: CreateTokenInput, required: true, description: 'The token to make.' }),
    },
    resolve: async (_root, { input }, context) =>
      createToken(context.database, await checkedTokenRequest(input, context)),
  }),
  revokeToken: t.field({
    type: TokenObject,
    description:
      'Ends a token at once; programs that use it are refused from then on, and their ' +
      'subscriptions end. Yours, or a token of a team that you maintain.',
    args: {
      input: t.arg({ type: RevokeTokenInput, required: true, description: 'What to end.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await ownToken(context, input.token, ['token']);
      return revokeToken(context.database, id);
    },
  }),
}));
