import {
  countSearchSpaces,
  deleteSearchSpace,
  listSearchSpaces,
  saveSearchSpace,
  updateSearchSpace,
} from '@blockwise/db';
import { printSpace } from '@blockwise/dna';
import { checkedDescription } from '../check-leaderboard.ts';
import { checkedName } from '../checked-name.ts';
import { readSpace } from '../read-space.ts';
import { subject, teamFor } from '../rights/subject.ts';
import { cachedSpace } from '../space-cache.ts';
import { builder } from './builder.ts';
import { VisibilityEnum } from './enums.ts';
import { rowIds } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { SearchSpaceObject, TeamObject, UserObject } from './refs.ts';
import { SpaceObject, SpaceSourceInput } from './space.ts';

builder.node(SearchSpaceObject, {
  description:
    'A search space that a team keeps under a name. A search that takes it copies its text.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.searchSpace.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in its team.' }),
    description: t.exposeString('description', { description: 'What it is for.' }),
    space: t.field({
      type: SpaceObject,
      description: 'The space.',
      resolve: ({ text }) => cachedSpace(text),
    }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved first.' }),
    createdBy: t.field({
      type: UserObject,
      nullable: true,
      description: 'Who saved it; null when the account is gone.',
      resolve: ({ createdById }, _args, { loaders }) =>
        createdById === null ? null : loaders.user.load(createdById),
    }),
    team: t.field({
      type: TeamObject,
      description: 'The team that keeps it.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
  }),
});

const SearchSpaceConnection = connectionOf('SearchSpace', SearchSpaceObject);

const SearchSpaceFilter = builder.inputType('SearchSpaceFilter', {
  description: 'Which saved spaces; all that you may see if empty.',
  fields: (t) => ({
    teams: t.idList({ description: 'Of one of these teams.' }),
    text: t.string({ description: 'Whose name has this in it, in any case.' }),
  }),
});

const SearchSpaceOrder = orderInput('SearchSpace', 'saved spaces', {
  CREATED_AT: 'When they were saved; DESC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
});

const SaveSearchSpaceInput = builder.inputType('SaveSearchSpaceInput', {
  description: 'A space to keep.',
  fields: (t) => ({
    team: t.id({ description: 'Id of the team; left out, your only team.' }),
    name: t.string({ required: true, description: 'Unique in the team, 1 to 100 characters.' }),
    description: t.string({
      required: true,
      defaultValue: '',
      description: 'What it is for, up to 2,000 characters.',
    }),
    space: t.field({ type: SpaceSourceInput, required: true, description: 'The space.' }),
    visibility: t.field({
      type: VisibilityEnum,
      required: true,
      defaultValue: 'TEAM',
      description: 'Who may see it.',
    }),
  }),
});

const UpdateSearchSpaceInput = builder.inputType('UpdateSearchSpaceInput', {
  description: 'What is to change; what is left out stays.',
  fields: (t) => ({
    searchSpace: t.id({ required: true, description: 'Id of the saved space.' }),
    name: t.string({ description: 'Unique in the team, 1 to 100 characters.' }),
    description: t.string({ description: 'What it is for, up to 2,000 characters.' }),
    space: t.field({ type: SpaceSourceInput, description: 'The space.' }),
  }),
});

const DeleteSearchSpaceInput = builder.inputType('DeleteSearchSpaceInput', {
  description: 'Which saved space.',
  fields: (t) => ({
    searchSpace: t.id({ required: true, description: 'Id of the saved space.' }),
  }),
});

builder.queryFields((t) => ({
  searchSpaces: t.field({
    type: SearchSpaceConnection,
    description: 'Saved search spaces that you may see, by name if nothing else is asked for.',
    args: {
      filter: t.arg({ type: SearchSpaceFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: SearchSpaceOrder, description: 'Sorting.' }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, { database, viewer: { reader } }) => {
      const { teams, ...rest } = filter ?? {};
      const which = {
        reader,
        filter: { ...rest, teamIds: rowIds(teams, 'Team', ['filter', 'teams']) },
      };
      const page = await listSearchSpaces(database, {
        ...which,
        ...(orderBy ? { orderBy } : {}),
        ...{ after, first: pageSize(first, 20) },
      });
      return connection(page, () => countSearchSpaces(database, which));
    },
  }),
}));

builder.mutationFields((t) => ({
  saveSearchSpace: t.field({
    type: SearchSpaceObject,
    description:
      'Keeps a search space under a name, for `startSearch`. SPACE_SYNTAX when it is none; CONFLICT ' +
      'when the team has one of that name.',
    args: {
      input: t.arg({ type: SaveSearchSpaceInput, required: true, description: 'Which one.' }),
    },
    resolve: async (_root, { input }, context) =>
      saveSearchSpace(context.database, {
        teamId: await teamFor(context, input.team, ['team']),
        createdById: context.viewer.principal?.userId ?? null,
        name: checkedName(input.name, ['name']),
        description: checkedDescription(input.description),
        text: printSpace(readSpace(input.space)),
        visibility: input.visibility,
      }),
  }),
  updateSearchSpace: t.field({
    type: SearchSpaceObject,
    description: 'Changes a saved space. Searches that took it keep the text that they took.',
    args: {
      input: t.arg({ type: UpdateSearchSpaceInput, required: true, description: 'What changes.' }),
    },
    resolve: async (_root, { input: { searchSpace, name, description, space } }, context) => {
      const { id } = await subject(context, 'SearchSpace', searchSpace, ['searchSpace']);
      return updateSearchSpace(context.database, id, {
        ...(typeof name === 'string' ? { name: checkedName(name, ['name']) } : {}),
        ...(typeof description === 'string'
          ? { description: checkedDescription(description) }
          : {}),
        ...(space ? { text: printSpace(readSpace(space)) } : {}),
      });
    },
  }),
  deleteSearchSpace: t.field({
    type: SearchSpaceObject,
    description:
      'Deletes a saved space and answers what it was. Searches that took it keep its text.',
    args: {
      input: t.arg({ type: DeleteSearchSpaceInput, required: true, description: 'Which one.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'SearchSpace', input.searchSpace, ['searchSpace']);
      return deleteSearchSpace(context.database, id);
    },
  }),
}));
