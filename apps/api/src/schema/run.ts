import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { FeatureUseObject } from './feature-use.ts';
import { joinedId } from './global-id.ts';
import { FailureObject, JobObject, RunObject } from './refs.ts';

builder.node(RunObject, {
  description: 'One attempt at a job by one trainer: on what it was computed, and what it cost.',
  id: { resolve: ({ jobId, attempt }) => joinedId(jobId, attempt) },
  loadWithoutCache: (id, { loaders }) => loaders.run(id),
  fields: (t) => ({
    attempt: t.exposeInt('attempt', { description: 'Number of the attempt, from 1.' }),
    state: t.expose('state', { type: JobStateEnum, description: 'State of the attempt.' }),
    trainer: t.exposeString('trainerName', { description: 'Name of the trainer.' }),
    engine: t.exposeString('engine', {
      description: 'Tensor engine that computed it, such as `wasm`.',
    }),
    device: t.exposeString('device', {
      description: 'What it computed on, such as the processor.',
    }),
    versions: t.field({
      type: 'JSON',
      description: 'Versions of all that took part in the arithmetic, by the name of the package.',
      resolve: (run) => run.versions,
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
    }),
    seconds: t.float({
      nullable: true,
      description: 'What it cost: seconds of one slot of the trainer; null while it runs.',
      resolve: ({ startedAt, finishedAt }) =>
        finishedAt === null ? null : (finishedAt.getTime() - startedAt.getTime()) / 1000,
    }),
    job: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that it is an attempt at; null where that may not be seen.',
      resolve: ({ jobId }, _args, { loaders }) => loaders.job.load(jobId),
    }),
    resumedFromStep: t.exposeInt('resumedFromStep', {
      nullable: true,
      description:
        "Step of the earlier attempt's checkpoint it went on from; null if from the start.",
    }),
    featureCache: t.field({
      type: FeatureUseObject,
      nullable: true,
      description: 'What the cache of teacher features did for it; null if it needed none.',
      resolve: (run) => run.featureUse,
    }),
    failure: t.field({
      type: FailureObject,
      nullable: true,
      description: 'Why the attempt failed.',
      resolve: (run) => run.failure,
    }),
  }),
});
