import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { ProgressObject } from './progress.ts';
import {
  CellObject,
  FailureObject,
  JobObject,
  LatencyTableObject,
  NetworkObject,
  RetrainingObject,
  RunObject,
  SearchObject,
} from './refs.ts';
import { PhaseEnum } from './spec-enums.ts';

builder.node(JobObject, {
  description: 'One unit of work of a search; trainers take jobs from a queue.',
  id: { resolve: (job) => job.id },
  loadWithoutCache: (id, { loaders }) => loaders.job.load(id),
  fields: (t) => ({
    kind: t.expose('kind', { type: PhaseEnum, description: 'What the job does.' }),
    state: t.expose('state', { type: JobStateEnum, description: 'State of the job.' }),
    attempt: t.exposeInt('attempt', { description: 'Attempts begun so far.' }),
    progress: t.field({
      type: ProgressObject,
      nullable: true,
      description: 'How far it is; null until its trainer reports.',
      // A job that nobody has reported on has no unit.
      resolve: (job) => (job.progress.unit === '' ? null : job.progress),
    }),
    search: t.field({
      type: SearchObject,
      nullable: true,
      description: 'The search that it is of; null where that may not be seen.',
      resolve: (job, _args, { loaders }) => loaders.search.load(job.searchId),
    }),
    cell: t.field({
      type: CellObject,
      nullable: true,
      description:
        'The cell that is distilled or rated, or whose maps are made; null for other jobs.',
      resolve: (job, _args, { loaders }) =>
        job.cellId === null ? null : loaders.cell.load(job.cellId),
    }),
    network: t.field({
      type: NetworkObject,
      nullable: true,
      description: 'The network that is retrained or cut; null for other jobs.',
      resolve: (job, _args, { loaders }) =>
        job.networkId === null ? null : loaders.network.load(job.networkId),
    }),
    retraining: t.field({
      type: RetrainingObject,
      nullable: true,
      description: 'The training with one seed; null for jobs that retrain nothing.',
      resolve: (job, _args, { loaders }) =>
        job.retrainingId === null ? null : loaders.retraining.load(job.retrainingId),
    }),
    latencyTable: t.field({
      type: LatencyTableObject,
      nullable: true,
      description: 'The latency table that is measured; null for other jobs.',
      resolve: (job, _args, { loaders }) =>
        job.latencyTableId === null ? null : loaders.latencyTable.load(job.latencyTableId),
    }),
    runs: t.field({
      type: [RunObject],
      description: 'Attempts, oldest first.',
      resolve: (job, _args, { loaders }) => loaders.runsOfJob.load(job.id),
    }),
    failure: t.field({
      type: FailureObject,
      nullable: true,
      description: 'Why the job failed.',
      resolve: (job) => job.failure,
    }),
    curveKeys: t.stringList({
      description: 'Keys under which the job has reported curves, such as `loss`; sorted.',
      resolve: (job, _args, { loaders }) => loaders.curveKeysOfJob.load(job.id),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was enqueued first.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first attempt began.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it reached a final state.',
    }),
  }),
});
