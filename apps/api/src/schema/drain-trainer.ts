import { drainTrainer } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { TrainerObject } from './refs.ts';

const DrainTrainerInput = builder.inputType('DrainTrainerInput', {
  description: 'Which trainer, and whether it is drained.',
  fields: (t) => ({
    trainer: t.id({ required: true, description: 'Id of the trainer.' }),
    isDraining: t.boolean({
      required: true,
      description: 'True: it takes no new job. False: it takes jobs again.',
    }),
  }),
});

builder.mutationField('drainTrainer', (t) =>
  t.field({
    type: TrainerObject,
    description:
      'Drains a trainer: it finishes what it has under way and takes no new job, until that is ' +
      'taken back. It ends with its process: one that is started anew under its name takes jobs.',
    args: {
      input: t.arg({ type: DrainTrainerInput, required: true, description: 'Which, and whether.' }),
    },
    resolve: async (_root, { input: { trainer, isDraining } }, context) => {
      const { id } = await subject(context, 'Trainer', trainer, ['trainer']);
      return drainTrainer(context.database, { trainerId: id, isDraining });
    },
  }),
);
