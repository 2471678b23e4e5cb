import type { TrainerChanges } from '@blockwise/db';
import { followTrainers } from '../events/trainer-follow.ts';
import { maxEventsPage } from '../limits.ts';
import { whileAllowed } from '../rights/while-allowed.ts';
import { builder } from './builder.ts';
import { pageSize } from './paging.ts';
import { TrainerObject } from './refs.ts';

const TrainerChangesObject = builder.objectRef<TrainerChanges>('TrainerChanges').implement({
  description: 'Trainers that have changed since a cursor.',
  fields: (t) => ({
    trainers: t.field({
      type: [TrainerObject],
      description: 'Each once, as it is now, however often it has changed.',
      resolve: ({ trainers }) => [...trainers],
    }),
    cursor: t.exposeString('cursor', {
      description: 'Where to go on, or the cursor given when there is nothing new.',
    }),
  }),
});

const afterTold = 'Cursor of the last payload; all trainers come first if not given.';

builder.queryField('trainersChanged', (t) =>
  t.field({
    type: TrainerChangesObject,
    description: 'Polling twin of the subscription of the same name: same cursors, same payload.',
    args: {
      after: t.arg.string({ description: afterTold }),
      first: t.arg.int({
        required: true,
        defaultValue: 100,
        description: 'Trainers at most, 1 to 1,000.',
      }),
    },
    resolve: (_root, { after, first }, { trainerHub }) =>
      trainerHub.read(after ?? undefined, pageSize(first, 100, maxEventsPage)),
  }),
);

builder.subscriptionField('trainersChanged', (t) =>
  t.field({
    type: TrainerChangesObject,
    description:
      'Trainers that appear, begin or end a job, fall silent, come back, name themselves anew, or are ' +
      'drained: ' +
      'first those that have changed since the cursor, then live, in payloads that are never empty. ' +
      'That a trainer was seen again is no change. No change is missed; one that changes while its ' +
      'reader catches up may come once more. Never completes by itself.',
    args: { after: t.arg.string({ description: afterTold }) },
    subscribe: async (_root, { after }, context) =>
      whileAllowed(
        context,
        // Whoever is signed in may, which is asked with the operation's right.
        async () => undefined,
        followTrainers(context.trainerHub, after ?? undefined),
      ),
    resolve: (changes, _args, context) => {
      // What was read for the payload before may have changed.
      context.forget();
      return changes;
    },
  }),
);
