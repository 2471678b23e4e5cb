import { isReadable, type LeaderboardEventRow, readLeaderboard } from '@blockwise/db';
import {
  followLeaderboard,
  type LeaderboardPage,
  leaderboardPage,
} from '../events/leaderboard-follow.ts';
import { maxEventsPage } from '../limits.ts';
import { subject } from '../rights/subject.ts';
import { whileAllowed } from '../rights/while-allowed.ts';
import { builder } from './builder.ts';
import { LeaderboardEventKindEnum } from './leaderboard-enums.ts';
import { pageSize } from './paging.ts';
import { EntryObject } from './refs.ts';

const LeaderboardEventObject = builder
  .objectRef<LeaderboardEventRow>('LeaderboardEvent')
  .implement({
    description: 'Something that happened on a leaderboard.',
    fields: (t) => ({
      cursor: t.string({
        description: 'Position on the leaderboard: pass it as `after` to go on behind this event.',
        resolve: ({ cursor }) => String(cursor),
      }),
      at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
      kind: t.expose('kind', {
        type: LeaderboardEventKindEnum,
        description: 'What happened.',
      }),
      entry: t.field({
        type: EntryObject,
        nullable: true,
        description: 'The entry that it is about, as it is now; of LEADER_CHANGED the new leader.',
        resolve: ({ entryId }, _args, { loaders }) =>
          entryId === null ? null : loaders.entry.load(entryId),
      }),
      top1: t.exposeFloat('top1', {
        nullable: true,
        description: 'What the entry says: accuracy on the test part, 0 to 1.',
      }),
      verifiedTop1: t.exposeFloat('verifiedTop1', {
        nullable: true,
        description: 'Of VERIFIED and REJECTED: what its weights gave.',
      }),
    }),
  });

const LeaderboardEventPageObject = builder
  .objectRef<LeaderboardPage>('LeaderboardEventPage')
  .implement({
    description: 'Events of a leaderboard after a cursor.',
    fields: (t) => ({
      events: t.field({
        type: [LeaderboardEventObject],
        description: 'Events, oldest first.',
        resolve: ({ events }) => [...events],
      }),
      cursor: t.exposeString('cursor', {
        description: 'Cursor of the last event, or the one given when there is nothing new.',
      }),
    }),
  });

const leaderboardTold = 'Id of the leaderboard.';
const afterTold =
  'Cursor of the last event seen (of `Leaderboard.cursor`, a page or an event); from the first event ' +
  'if not given.';

builder.queryField('leaderboardChanged', (t) =>
  t.field({
    type: LeaderboardEventPageObject,
    description:
      'Polling twin of the subscription of the same name: same cursors, same payload. NOT_FOUND when ' +
      'there is no such leaderboard that you may see.',
    args: {
      leaderboard: t.arg.id({ required: true, description: leaderboardTold }),
      after: t.arg.string({ description: afterTold }),
      first: t.arg.int({
        required: true,
        defaultValue: 100,
        description: 'Events at most, 1 to 1,000.',
      }),
    },
    resolve: async (_root, { leaderboard, after, first }, context) => {
      const { id } = await subject(context, 'Leaderboard', leaderboard, ['leaderboard']);
      return leaderboardPage(context.leaderboardHub, {
        leaderboardId: id,
        after: after ?? undefined,
        first: pageSize(first, 100, maxEventsPage),
      });
    },
  }),
);

builder.subscriptionField('leaderboardChanged', (t) =>
  t.field({
    type: LeaderboardEventPageObject,
    description:
      'Events of a leaderboard: first those stored after the cursor, then live, in pages that are ' +
      'never empty. Nothing is missed and nothing comes twice. Completes when the leaderboard is ' +
      'deleted, or may not be seen any longer. NOT_FOUND when there is no such leaderboard that you ' +
      'may see.',
    args: {
      leaderboard: t.arg.id({ required: true, description: leaderboardTold }),
      after: t.arg.string({ description: afterTold }),
    },
    subscribe: async (_root, { leaderboard, after }, context) => {
      const { database, leaderboardHub } = context;
      const { id } = await subject(context, 'Leaderboard', leaderboard, ['leaderboard']);
      const mayRead = async () => {
        const board = await readLeaderboard(database, id);
        return board !== null && isReadable(context.viewer.reader, board);
      };
      const pages = followLeaderboard(
        leaderboardHub,
        { leaderboardId: id, after: after ?? undefined },
        mayRead,
      );
      // The board itself is looked at before every page.
      return whileAllowed(context, async () => undefined, pages);
    },
    resolve: (page, _args, context) => {
      // What was read for the page before may have changed.
      context.forget();
      return page;
    },
  }),
);
