import {
  countLeaderboards,
  exportLeaderboard,
  type LeaderboardRow,
  type LeadRow,
  listLeaderboards,
  readSharedLeaderboard,
} from '@blockwise/db';
import { badgePath } from '../http/badge-routes.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { EntryConnection, EntryFilter, EntryOrder, toEntryFilter } from './entry.ts';
import { VisibilityEnum } from './enums.ts';
import { encodeGlobalId, optionalRowId, rowId } from './global-id.ts';
import { BudgetAxisEnum, LeaderboardMetricEnum } from './leaderboard-enums.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, ownedConnection, pageArgs, pageSize } from './paging.ts';
import { EntryObject, LeaderboardObject, type Shown, TeamObject, UserObject } from './refs.ts';

const LeaderboardDatasetObject = builder
  .objectRef<LeaderboardRow['dataset']>('LeaderboardDataset')
  .implement({
    description: 'The data set that the networks of a leaderboard were tested on.',
    fields: (t) => ({
      hash: t.exposeString('hash', {
        description:
          'SHA-256 (hex) of its images, labels and classes: accuracies compare only where it is equal.',
      }),
      kind: t.exposeString('kind', {
        description: 'Kind of the data set: `procedural`, `imageFolder` or `cifar10`.',
      }),
      imageSize: t.exposeInt('imageSize', { description: 'Height and width of an image, pixels.' }),
      classes: t.exposeInt('classes', { description: 'Number of classes.' }),
      testCount: t.exposeInt('testCount', { description: 'Images of the test part.' }),
    }),
  });

const BudgetObject = builder
  .objectRef<NonNullable<LeaderboardRow['budget']>>('LeaderboardBudget')
  .implement({
    description: 'What a network of a leaderboard may cost at most.',
    fields: (t) => ({
      axis: t.expose('axis', { type: BudgetAxisEnum, description: 'Which cost.' }),
      max: t.exposeFloat('max', { description: 'Its maximum, inclusive.' }),
    }),
  });

const LeadObject = builder.objectRef<Shown<LeadRow>>('Lead').implement({
  description: 'A time during which an entry led its leaderboard, or none did.',
  fields: (t) => ({
    entry: t.field({
      type: EntryObject,
      nullable: true,
      description: 'The leader; null while there was none.',
      resolve: async ({ entryId, byLink }, _args, { loaders }) => {
        const entry = entryId === null ? null : await loaders.entry.load(entryId);
        return entry && { ...entry, byLink };
      },
    }),
    top1: t.exposeFloat('top1', { nullable: true, description: "The leader's accuracy, 0 to 1." }),
    since: t.expose('since', { type: 'DateTime', description: 'When the lead began.' }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: 'When another took it; null for the present one.',
    }),
  }),
});

const LeadConnection = connectionOf('Lead', LeadObject);

const LeadOrder = orderInput('Lead', 'the leads of a leaderboard', {
  SINCE: 'When they began; DESC if no direction is given.',
});

builder.node(LeaderboardObject, {
  description:
    'Tested networks side by side: of one data set, within one budget, ordered by one metric.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.leaderboard.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name for people.' }),
    description: t.exposeString('description', { description: 'What it is for; may be empty.' }),
    dataset: t.expose('dataset', {
      type: LeaderboardDatasetObject,
      description: 'The data set that its networks were tested on.',
    }),
    metric: t.expose('metric', {
      type: LeaderboardMetricEnum,
      description: 'What its entries are ordered by.',
    }),
    budget: t.expose('budget', {
      type: BudgetObject,
      nullable: true,
      description: 'What a network may cost at most; null: any network may enter.',
    }),
    tolerance: t.exposeFloat('tolerance', {
      description: 'By how much accuracy measured again may differ from what an entry says.',
    }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    isShared: t.exposeBoolean('isShared', { description: 'Whether there is a share link.' }),
    team: t.field({
      type: TeamObject,
      description: 'The team that it belongs to.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    createdBy: t.field({
      type: UserObject,
      nullable: true,
      description:
        "Who made it, for members of the team; null for a board that was made for the team's first " +
        'tested network on a data set.',
      resolve: ({ createdById, teamId }, _args, { loaders, viewer }) =>
        createdById === null || !viewer.isAtLeast(teamId, 'VIEWER')
          ? null
          : loaders.user.load(createdById),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    cursor: t.string({
      description: 'Cursor of its newest event: `leaderboardChanged` goes on from here.',
      resolve: ({ eventCursor }) => String(eventCursor),
    }),
    badgeUrl: t.string({
      description:
        'Where the badge of its leading entry is: a path on the host of this API. It answers for ' +
        'public boards, and with `?share=` and the secret of the share link for others.',
      resolve: ({ id }) => badgePath(encodeGlobalId('Leaderboard', id)),
    }),
    entryCount: t.int({
      description: 'How many entries have a place.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.countOfBoard.load(id)) ?? 0,
    }),
    leader: t.field({
      type: EntryObject,
      nullable: true,
      description: 'The leading entry; null for an empty board.',
      resolve: async ({ id, byLink }, _args, { loaders }) => {
        const leader = await loaders.leaderOfBoard.load(id);
        return leader && { ...leader, byLink };
      },
    }),
    entries: t.field({
      type: EntryConnection,
      description: 'Its entries; those with a place, the best first, if nothing else is asked for.',
      args: {
        filter: t.arg({ type: EntryFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: EntryOrder, description: 'Sorting; the best first if not given.' }),
        ...pageArgs(t, 20),
      },
      resolve: ({ id, byLink }, { filter, ...page }, { loaders }) =>
        ownedConnection(
          loaders.entriesOfBoard,
          id,
          { ...page, filter: toEntryFilter(filter) },
          20,
          (entry) => ({ ...entry, byLink }),
        ),
    }),
    history: t.field({
      type: LeadConnection,
      description: 'Who led when.',
      args: {
        orderBy: t.arg({
          type: LeadOrder,
          description: 'Sorting; the present leader first if not given.',
        }),
        ...pageArgs(t, 20),
      },
      resolve: ({ id, byLink }, page, { loaders }) =>
        ownedConnection(loaders.leadsOfBoard, id, page, 20, (lead) => ({ ...lead, byLink })),
    }),
  }),
});

const LeaderboardConnection = connectionOf('Leaderboard', LeaderboardObject);

const LeaderboardFilter = builder.inputType('LeaderboardFilter', {
  description: 'Which leaderboards; all that you may see if empty.',
  fields: (t) => ({
    team: t.id({ description: 'Of this team.' }),
    datasetHash: t.string({ description: 'Of this data set.' }),
    visibility: t.field({ type: VisibilityEnum, description: 'Only those that are so visible.' }),
    name: t.string({ description: 'Whose name has this in it, in any case.' }),
  }),
});

const LeaderboardOrder = orderInput('Leaderboard', 'leaderboards', {
  CREATED_AT: 'When they were made; DESC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
});

builder.queryFields((t) => ({
  leaderboard: t.field({
    type: LeaderboardObject,
    nullable: true,
    description: 'A leaderboard by its id, or null when there is none that you may see.',
    args: { id: t.arg.id({ required: true, description: 'Id of the leaderboard.' }) },
    resolve: (_root, { id }, { loaders }) =>
      loaders.leaderboard.load(rowId(id, 'Leaderboard', ['id'])),
  }),
  leaderboards: t.field({
    type: LeaderboardConnection,
    description: 'Leaderboards that you may see, the newest first if nothing else is asked for.',
    args: {
      filter: t.arg({ type: LeaderboardFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: LeaderboardOrder, description: 'Sorting.' }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, context) => {
      const { database, loaders, viewer } = context;
      const { team, ...rest } = filter ?? {};
      const teamId = optionalRowId(team, 'Team', ['filter', 'team']);
      const which = { reader: viewer.reader, filter: { ...rest, teamId } };
      const page = await listLeaderboards(database, {
        ...which,
        ...(orderBy ? { orderBy } : {}),
        ...{ after, first: pageSize(first, 20) },
      });
      for (const { node } of page.edges) loaders.leaderboard.prime(node.id, node);
      return connection(page, () => countLeaderboards(database, which));
    },
  }),
  sharedLeaderboard: t.field({
    type: LeaderboardObject,
    nullable: true,
    description:
      'The leaderboard behind a share link, for whoever has its secret, signed in or not; null when ' +
      'no link has that secret, or no longer.',
    args: { secret: t.arg.string({ required: true, description: 'The secret of the link.' }) },
    resolve: async (_root, { secret }, { database }) => {
      const board = await readSharedLeaderboard(database, secret);
      return board && { ...board, byLink: true };
    },
  }),
  exportLeaderboard: t.field({
    type: 'JSON',
    description:
      'A leaderboard with the entries that have a place, as a document for `importLeaderboard`: its ' +
      '`format` and `version` are named in it, and `sha256` is that of all the rest as canonical ' +
      'JSON (RFC 8785). NOT_FOUND when there is none that you may see.',
    args: { leaderboard: t.arg.id({ required: true, description: 'Id of the leaderboard.' }) },
    resolve: async (_root, { leaderboard }, context) => {
      const { id } = await subject(context, 'Leaderboard', leaderboard, ['leaderboard']);
      return exportLeaderboard(context.database, id);
    },
  }),
}));
