import { DomainError } from '@blockwise/contracts';
import { enterLeaderboard, verifyEntry, withdrawEntry } from '@blockwise/db';
import { subject, visible } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { EntryObject } from './refs.ts';

const EnterLeaderboardInput = builder.inputType('EnterLeaderboardInput', {
  description: 'Which network, and where.',
  fields: (t) => ({
    leaderboard: t.id({
      required: true,
      description: "Id of a leaderboard: of the network's own team, or a public one.",
    }),
    network: t.id({ required: true, description: 'Id of a tested network.' }),
  }),
});

const EntryInput = builder.inputType('EntryInput', {
  description: 'Which entry.',
  fields: (t) => ({ entry: t.id({ required: true, description: 'Id of the entry.' }) }),
});

builder.mutationFields((t) => ({
  enterLeaderboard: t.field({
    type: EntryObject,
    description:
      'Enters a tested network on a leaderboard and has it verified once its search is complete. ' +
      'Whoever may see the leaderboard sees what the entry shows. One that is there already stays, one ' +
      'that was withdrawn comes back. NOT_READY when the network is not tested; CONFLICT when it was ' +
      'tested on other data, or rejected; INFEASIBLE when it costs more than the budget allows.',
    args: {
      input: t.arg({ type: EnterLeaderboardInput, required: true, description: 'What enters.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { database, queue, viewer, loaders } = context;
      const network = await subject(context, 'Network', input.network, ['network']);
      const board = await visible(context, 'Leaderboard', input.leaderboard, ['leaderboard']);
      const { teamId } = await loaders.requireSearch(network.searchId);
      if (board.teamId !== teamId && board.visibility !== 'PUBLIC') {
        throw new DomainError('FORBIDDEN', 'The leaderboard takes networks of its own team only.', {
          path: ['leaderboard'],
        });
      }
      return enterLeaderboard(database, queue, {
        leaderboardId: board.id,
        networkId: network.id,
        userId: viewer.principal?.userId ?? null,
      });
    },
  }),
  withdrawEntry: t.field({
    type: EntryObject,
    description:
      'Takes an entry back: it loses its place and stays in the history. `enterLeaderboard` brings it ' +
      'back.',
    args: { input: t.arg({ type: EntryInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Entry', input.entry, ['entry']);
      return withdrawEntry(context.database, context.queue, { entryId: id });
    },
  }),
  verifyEntry: t.field({
    type: EntryObject,
    description:
      'Has the weights of an entry evaluated again on the data of its leaderboard. What was measured ' +
      'before stands until then. CONFLICT when it was withdrawn or imported, or its search is not ' +
      'complete.',
    args: { input: t.arg({ type: EntryInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Entry', input.entry, ['entry']);
      return verifyEntry(context.database, context.queue, { entryId: id });
    },
  }),
}));
