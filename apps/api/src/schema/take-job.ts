import { jobKinds } from '@blockwise/contracts';
import { seeTrainer, type TrainerIdentity } from '@blockwise/db';
import { z } from 'zod';
import { checkedName } from '../checked-name.ts';
import { refuse } from '../refuse.ts';
import { serverInfo } from '../server-info.ts';
import { takeJob } from '../training/take-job.ts';
import { identityOf, trainerToken } from '../training/trainer-token.ts';
import { builder } from './builder.ts';
import { EngineEnum, PhaseEnum } from './spec-enums.ts';
import { TakenJobObject } from './taken-job.ts';

const TrainerInput = builder.inputType('TrainerInput', {
  description: 'What a trainer says of itself.',
  fields: (t) => ({
    id: t.string({
      required: true,
      description: 'Stays the same for the life of the process; counts within its token.',
    }),
    name: t.string({ required: true, description: 'For people, 1 to 100 characters.' }),
    engine: t.field({ type: EngineEnum, required: true, description: 'Its tensor engine.' }),
    device: t.string({
      required: true,
      description: 'What it computes on, such as the processor; 1 to 100 characters.',
    }),
    onGpu: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether it computes on a GPU: hours of runs are counted apart.',
    }),
    slots: t.int({
      required: true,
      defaultValue: 1,
      description: 'Jobs that it can have under way at once, 1 to 1,000: forecasts go by it.',
    }),
    isDiskFull: t.boolean({
      description: 'Whether it takes no jobs until there is room on its disk, for people to see.',
    }),
    versions: t.field({
      type: 'JSON',
      required: true,
      description: 'Versions, as texts, of all that takes part in the arithmetic, by name.',
    }),
  }),
});

const maxSlots = 1000;

/** @throws DomainError BAD_INPUT */
function identity(trainer: typeof TrainerInput.$inferInput, tokenId: string): TrainerIdentity {
  const path = ['trainer'];
  const versions = z.record(z.string(), z.string()).safeParse(trainer.versions);
  if (!versions.success) {
    return refuse('BAD_INPUT', 'Versions are texts by name.', [...path, 'versions']);
  }
  const slots = trainer.slots ?? 1;
  if (slots < 1 || slots > maxSlots) {
    return refuse('BAD_INPUT', `A trainer has 1 to ${maxSlots} slots.`, [...path, 'slots']);
  }
  return identityOf(tokenId, {
    slots,
    id: checkedName(trainer.id, [...path, 'id']),
    name: checkedName(trainer.name, [...path, 'name']),
    engine: trainer.engine,
    onGpu: trainer.onGpu ?? false,
    device: checkedName(trainer.device, [...path, 'device']),
    versions: versions.data,
    ...(trainer.isDiskFull == null ? {} : { isDiskFull: trainer.isDiskFull }),
  });
}

const TrainerPresence = builder.objectRef<TrainerIdentity>('TrainerPresence').implement({
  description: 'A trainer that is known now.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    engine: t.exposeString('engine', { description: 'Its tensor engine.' }),
    device: t.exposeString('device', { description: 'What it computes on.' }),
    serverVersion: t.string({
      description: 'Version of the server, for a trainer that wants to be of the same.',
      resolve: () => serverInfo.version,
    }),
  }),
});

const IntroduceTrainerInput = builder.inputType('IntroduceTrainerInput', {
  description: 'Who is there.',
  fields: (t) => ({
    trainer: t.field({ type: TrainerInput, required: true, description: 'The trainer.' }),
  }),
});

const TakeJobInput = builder.inputType('TakeJobInput', {
  description: 'Who takes what.',
  fields: (t) => ({
    kinds: t.field({
      type: [PhaseEnum],
      description: 'What the trainer can do; everything if not given.',
    }),
    trainer: t.field({ type: TrainerInput, required: true, description: 'Who takes it.' }),
  }),
});

builder.mutationFields((t) => ({
  introduceTrainer: t.field({
    type: TrainerPresence,
    description:
      'Says that a trainer is there, whether or not it has work: once a minute, so that nobody ' +
      'takes it for gone.',
    args: {
      input: t.arg({ type: IntroduceTrainerInput, required: true, description: 'Who is there.' }),
    },
    resolve: async (_root, { input }, { database, viewer }) => {
      const trainer = identity(input.trainer, trainerToken(viewer));
      await seeTrainer(database, trainer);
      return trainer;
    },
  }),
  takeJob: t.field({
    type: TakenJobObject,
    nullable: true,
    description:
      'Takes the most urgent job that waits for a trainer like this; null when none does: ask again ' +
      'after a few seconds. From then on the token alone writes to the attempt.',
    args: {
      input: t.arg({ type: TakeJobInput, required: true, description: 'Who takes what.' }),
    },
    resolve: async (_root, { input }, { database, queue, viewer, log }) => {
      const tokenId = trainerToken(viewer);
      const trainer = identity(input.trainer, tokenId);
      const kinds = input.kinds ?? jobKinds;
      const taken = await takeJob({ database, queue }, kinds, input.trainer.engine, {
        trainer,
        tokenId,
      });
      if (taken !== null) {
        const { job, search, attempt } = taken.attempt;
        const { id: jobId, kind, requestId } = job;
        const told = { requestId, searchId: search.id, jobId, kind, attempt };
        log.info({ ...told, trainerId: trainer.id }, 'attempt begins');
      }
      return taken;
    },
  }),
}));
