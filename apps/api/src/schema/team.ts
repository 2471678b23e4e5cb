import { builder } from './builder.ts';
import { TeamObject } from './refs.ts';

builder.node(TeamObject, {
  description: 'Owner of searches and of a leaderboard.',
  id: { resolve: (team) => team.id },
  loadWithoutCache: (id, { loaders }) => loaders.team.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the team.' }),
  }),
});
