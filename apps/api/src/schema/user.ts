import { builder } from './builder.ts';
import { UserObject } from './refs.ts';

builder.node(UserObject, {
  description: 'A person with an account.',
  id: { resolve: (user) => user.id },
  loadWithoutCache: (id, { loaders }) => loaders.user.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name by which others know the person.' }),
    email: t.string({
      nullable: true,
      description:
        'Address that the person signs in with; null unless it is you, somebody in one of your ' +
        'teams, or you run the server.',
      resolve: async (user, _args, { viewer: { principal }, loaders }) => {
        if (principal === null) return null;
        if (principal.userId === user.id || principal.isOperator) return user.email;
        const memberships = await loaders.membershipsOfUser.load(user.id);
        return memberships.some(({ teamId }) => principal.roles.has(teamId)) ? user.email : null;
      },
    }),
    isOperator: t.exposeBoolean('isOperator', {
      description: 'Whether the person runs the server.',
    }),
  }),
});
