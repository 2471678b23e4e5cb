import { defaultTolerance } from '@blockwise/contracts';
import {
  createLeaderboard,
  deleteLeaderboard,
  importLeaderboard,
  type LeaderboardRow,
  shareLeaderboard,
  unshareLeaderboard,
  updateLeaderboard,
} from '@blockwise/db';
import {
  checkArchitectures,
  checkedBudget,
  checkedDescription,
  checkedTolerance,
} from '../check-leaderboard.ts';
import { checkedName } from '../checked-name.ts';
import { subject, teamFor } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { VisibilityEnum } from './enums.ts';
import { BudgetAxisEnum, LeaderboardMetricEnum } from './leaderboard-enums.ts';
import { LeaderboardObject } from './refs.ts';

const teamTold = 'Id of the team; left out, your only team.';
const leaderboardTold = 'Id of the leaderboard.';
const toleranceTold =
  'By how much accuracy measured again may differ from what an entry says, 0 to 1.';

const LeaderboardBudgetInput = builder.inputType('LeaderboardBudgetInput', {
  description: 'A budget class.',
  fields: (t) => ({
    axis: t.field({ type: BudgetAxisEnum, required: true, description: 'Which cost.' }),
    max: t.float({ required: true, description: 'What a network may cost at most, above 0.' }),
  }),
});

const CreateLeaderboardInput = builder.inputType('CreateLeaderboardInput', {
  description: 'A new leaderboard.',
  fields: (t) => ({
    team: t.id({ description: teamTold }),
    name: t.string({ required: true, description: 'Name for people.' }),
    description: t.string({
      required: true,
      defaultValue: '',
      description: 'What it is for, up to 2,000 characters.',
    }),
    datasetHash: t.string({
      required: true,
      description: 'Hash of a data set that a search of the team was tested on.',
    }),
    metric: t.field({
      type: LeaderboardMetricEnum,
      required: true,
      defaultValue: 'TOP1',
      description: 'What its entries are ordered by.',
    }),
    budget: t.field({
      type: LeaderboardBudgetInput,
      description: 'What a network may cost at most; anything if not given.',
    }),
    tolerance: t.float({
      required: true,
      defaultValue: defaultTolerance,
      description: toleranceTold,
    }),
    visibility: t.field({
      type: VisibilityEnum,
      required: true,
      defaultValue: 'TEAM',
      description: 'Who may see it, and with it what its entries show.',
    }),
  }),
});

const UpdateLeaderboardInput = builder.inputType('UpdateLeaderboardInput', {
  description: 'What is to change; what is left out stays.',
  fields: (t) => ({
    leaderboard: t.id({ required: true, description: leaderboardTold }),
    name: t.string({ description: 'Name for people.' }),
    description: t.string({ description: 'What it is for, up to 2,000 characters.' }),
    tolerance: t.float({ description: toleranceTold }),
    visibility: t.field({ type: VisibilityEnum, description: 'Who may see it.' }),
  }),
});

const ImportLeaderboardInput = builder.inputType('ImportLeaderboardInput', {
  description: 'A leaderboard from elsewhere.',
  fields: (t) => ({
    team: t.id({ description: teamTold }),
    document: t.field({
      type: 'JSON',
      required: true,
      description: 'As `exportLeaderboard` answered it.',
    }),
    name: t.string({ description: "Name for people; the document's if not given." }),
    visibility: t.field({
      type: VisibilityEnum,
      required: true,
      defaultValue: 'TEAM',
      description: 'Who may see it.',
    }),
  }),
});

const LeaderboardInput = builder.inputType('LeaderboardInput', {
  description: 'Which leaderboard.',
  fields: (t) => ({ leaderboard: t.id({ required: true, description: leaderboardTold }) }),
});

const SharedLinkObject = builder
  .objectRef<{ leaderboard: LeaderboardRow; secret: string }>('ShareLink')
  .implement({
    description: 'A share link, as it is answered once.',
    fields: (t) => ({
      leaderboard: t.expose('leaderboard', {
        type: LeaderboardObject,
        description: 'The leaderboard that it shows.',
      }),
      secret: t.exposeString('secret', {
        description: 'For `sharedLeaderboard`; it is kept nowhere and not answered again.',
      }),
      path: t.string({
        description: 'Page of the dashboard that shows it.',
        resolve: ({ secret }) => `/share/${secret}`,
      }),
    }),
  });

builder.mutationFields((t) => ({
  createLeaderboard: t.field({
    type: LeaderboardObject,
    description:
      "Makes an empty leaderboard. The team's networks that are tested from now on enter it by " +
      'themselves unless it is private; `enterLeaderboard` enters others. NOT_FOUND when no search of ' +
      'the team was tested on that data set.',
    args: {
      input: t.arg({ type: CreateLeaderboardInput, required: true, description: 'Which one.' }),
    },
    resolve: async (_root, { input }, context) =>
      createLeaderboard(context.database, {
        teamId: await teamFor(context, input.team, ['team']),
        userId: context.viewer.principal?.userId ?? null,
        name: checkedName(input.name, ['name']),
        description: checkedDescription(input.description),
        datasetHash: input.datasetHash,
        budget: checkedBudget(input.budget),
        tolerance: checkedTolerance(input.tolerance),
        visibility: input.visibility,
      }),
  }),
  updateLeaderboard: t.field({
    type: LeaderboardObject,
    description:
      'Changes a leaderboard. Its data set, budget and metric stay: they are what its entries have in ' +
      'common. Another tolerance judges anew what was measured of them.',
    args: {
      input: t.arg({ type: UpdateLeaderboardInput, required: true, description: 'What changes.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { name, description, tolerance, visibility } = input;
      const { id } = await subject(context, 'Leaderboard', input.leaderboard, ['leaderboard']);
      return updateLeaderboard(context.database, id, {
        name: name === null || name === undefined ? undefined : checkedName(name, ['name']),
        description:
          description === null || description === undefined
            ? undefined
            : checkedDescription(description),
        tolerance:
          tolerance === null || tolerance === undefined ? undefined : checkedTolerance(tolerance),
        visibility: visibility ?? undefined,
      });
    },
  }),
  deleteLeaderboard: t.field({
    type: LeaderboardObject,
    description:
      'Deletes a leaderboard with its entries and its history, and answers what it was. Searches, ' +
      'networks and their weights stay.',
    args: { input: t.arg({ type: LeaderboardInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Leaderboard', input.leaderboard, ['leaderboard']);
      return deleteLeaderboard(context.database, id);
    },
  }),
  shareLeaderboard: t.field({
    type: SharedLinkObject,
    description:
      'Makes a read-only link to a leaderboard for people without an account. An earlier link stops ' +
      'working. The secret is answered once.',
    args: { input: t.arg({ type: LeaderboardInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Leaderboard', input.leaderboard, ['leaderboard']);
      return shareLeaderboard(context.database, id);
    },
  }),
  unshareLeaderboard: t.field({
    type: LeaderboardObject,
    description: 'Ends the share link of a leaderboard, if it has one.',
    args: { input: t.arg({ type: LeaderboardInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Leaderboard', input.leaderboard, ['leaderboard']);
      return unshareLeaderboard(context.database, id);
    },
  }),
  importLeaderboard: t.field({
    type: LeaderboardObject,
    description:
      'Makes a leaderboard of a document. Its entries are UNVERIFIED and marked as imported: their ' +
      'weights are not here. BAD_INPUT for a document that is none, or was altered.',
    args: {
      input: t.arg({ type: ImportLeaderboardInput, required: true, description: 'Which one.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { document, name, visibility } = input;
      const teamId = await teamFor(context, input.team, ['team']);
      checkArchitectures(document);
      return importLeaderboard(context.database, {
        ...{ teamId, userId: context.viewer.principal?.userId ?? null, document, visibility },
        name: name === null || name === undefined ? undefined : checkedName(name, ['name']),
      });
    },
  }),
}));
