import type { Principal } from '@blockwise/db';
import { builder } from './builder.ts';
import { TokenScopeEnum } from './enums.ts';
import { MembershipObject, TokenObject, UserObject } from './refs.ts';

const ViewerObject = builder.objectRef<Principal>('Viewer').implement({
  description: 'You: the account that asks, and what the way in which it signed in allows.',
  fields: (t) => ({
    user: t.field({
      type: UserObject,
      description: 'Your account.',
      resolve: ({ userId }, _args, { loaders }) => loaders.requireUser(userId),
    }),
    scopes: t.field({
      type: [TokenScopeEnum],
      description: 'What this session or token may be used for.',
      resolve: ({ scopes }) => [...scopes],
    }),
    token: t.field({
      type: TokenObject,
      nullable: true,
      description: 'The token that was sent; null for a browser.',
      resolve: ({ tokenId }, _args, { loaders }) =>
        tokenId === null ? null : loaders.token.load(tokenId),
    }),
    memberships: t.field({
      type: [MembershipObject],
      description: 'Your teams, with your role in each; those that the token is good for.',
      resolve: async ({ userId, roles }, _args, { loaders }) =>
        (await loaders.membershipsOfUser.load(userId)).filter(({ teamId }) => roles.has(teamId)),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerObject,
    nullable: true,
    description: 'Who asks; null when nobody is signed in.',
    resolve: (_root, _args, { viewer }) => viewer.principal,
  }),
);
