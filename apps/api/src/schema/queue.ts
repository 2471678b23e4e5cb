import {
  countWaitingJobs,
  listWaitingJobs,
  type PhaseDepth,
  queueDepth,
  type TrainerCounts,
  trainerCounts,
} from '@blockwise/db';
import { type QueueForecast, queueForecast } from '../estimate/queue-forecast.ts';
import { builder } from './builder.ts';
import { connection, pageArgs, pageSize } from './paging.ts';
import { JobConnection } from './search-jobs.ts';
import { basisOf, ForecastBasisEnum, SecondsForecastObject } from './seconds-forecast.ts';
import { PhaseEnum } from './spec-enums.ts';

const QueuePhaseObject = builder.objectRef<PhaseDepth>('QueuePhase').implement({
  description: 'Unfinished jobs that do one thing, of all searches of the server.',
  fields: (t) => ({
    phase: t.expose('phase', { type: PhaseEnum, description: 'What they do.' }),
    waiting: t.exposeInt('waiting', { description: 'Jobs that wait for a trainer.' }),
    running: t.exposeInt('running', { description: 'Jobs that trainers have under way.' }),
    paused: t.exposeInt('paused', {
      description: 'Jobs of paused searches: no trainer takes them until somebody resumes those.',
    }),
  }),
});

const TrainerCountsObject = builder.objectRef<TrainerCounts>('TrainerCounts').implement({
  description: 'How many trainers there are, by what they do.',
  fields: (t) => ({
    takingJobs: t.exposeInt('takingJobs', {
      description: 'Trainers that are there and take jobs, whether they have one or not.',
    }),
    draining: t.exposeInt('draining', {
      description: 'Trainers that are there and take no new job, because somebody drained them.',
    }),
    lost: t.exposeInt('lost', {
      description:
        'Names under which nobody has said for three minutes that it lives, but somebody has within ' +
        'a day. One that was started anew under its name is not lost, nor is one that was drained ' +
        'before it was stopped.',
    }),
    slots: t.exposeInt('slots', {
      description: 'Jobs that those which take jobs can have under way at once.',
    }),
    busySlots: t.exposeInt('busySlots', { description: 'Jobs that those have under way.' }),
  }),
});

const QueueGapEnum = builder.enumType('QueueGap', {
  description: 'Why it cannot be told when the queue is empty.',
  values: {
    NO_TRAINER: { description: 'No trainer that is there takes jobs.' },
    NOT_READ: {
      description:
        'A search has jobs whose work is not known: no trainer has read its images and its teacher ' +
        'yet.',
    },
    NOT_MEASURED: {
      description:
        'It has jobs of a kind that no engine of the trainers has finished on this server, so that ' +
        'nobody knows how long they take.',
    },
  } as const,
});

/** What is read of the whole queue when it is asked for; each once. */
interface Queue {
  readonly depth: Promise<PhaseDepth[]>;
  forecast(): Promise<QueueForecast>;
}

const sumOf = async ({ depth }: Queue, key: 'waiting' | 'running' | 'paused'): Promise<number> =>
  (await depth).reduce((sum, phase) => sum + phase[key], 0);

const QueueObject = builder.objectRef<Queue>('Queue').implement({
  description: 'What trainers have before them, of all searches of the server.',
  fields: (t) => ({
    waiting: t.int({
      description: 'Jobs that wait for a trainer, whosever they are.',
      resolve: (queue) => sumOf(queue, 'waiting'),
    }),
    running: t.int({
      description: 'Jobs that trainers have under way, whosever they are.',
      resolve: (queue) => sumOf(queue, 'running'),
    }),
    paused: t.int({
      description: 'Jobs of paused searches, which wait for somebody to resume those.',
      resolve: (queue) => sumOf(queue, 'paused'),
    }),
    phases: t.field({
      type: [QueuePhaseObject],
      description: 'The same by what jobs do, in the order of the phases; empty ones are left out.',
      resolve: ({ depth }) => depth,
    }),
    trainers: t.field({
      type: TrainerCountsObject,
      description: 'Who works on it.',
      resolve: (_queue, _args, { database }) => trainerCounts(database),
    }),
    seconds: t.field({
      type: SecondsForecastObject,
      nullable: true,
      description:
        'Until all that waits or is under way now has been done, by the trainers that take jobs now; ' +
        'what searches enqueue when a phase ends comes on top (`searchSeconds`). Jobs under way by their own rate, ' +
        'the others by the last finished runs of their kind and engine on this server. 0 when ' +
        'nothing is to be done; null where it cannot be told, as `gap` says.',
      resolve: async (queue) => (await queue.forecast()).seconds,
    }),
    gap: t.field({
      type: QueueGapEnum,
      nullable: true,
      description: 'Why `seconds` is null; null where it is not.',
      resolve: async (queue) => (await queue.forecast()).gap,
    }),
    searchSeconds: t.field({
      type: SecondsForecastObject,
      nullable: true,
      description:
        'Until the searches with jobs in the queue have found and trained their networks, with what ' +
        'they have not enqueued yet, by the trainers that take jobs now: at least as long as the ' +
        'longest takes alone, at most as long as all take one after the other. 0 when there are none; ' +
        'null while no trainer takes jobs, or nobody has read the images or the teacher of one.',
      resolve: async (queue) => (await queue.forecast()).searches?.seconds,
    }),
    searchBasis: t.field({
      type: ForecastBasisEnum,
      nullable: true,
      description: 'What `searchSeconds` goes by: MEASURED where every phase is.',
      resolve: async (queue) => {
        const { searches } = await queue.forecast();
        return searches && basisOf(searches);
      },
    }),
    jobs: t.field({
      type: JobConnection,
      description:
        'The jobs that wait, in the order in which trainers get them: by the priority of their ' +
        'search, then by what they do, then those enqueued first. A measurement for one engine waits ' +
        'among them until a trainer with that engine asks. Jobs that you may not see are left out, ' +
        'and not counted in `totalCount`.',
      args: pageArgs(t, 20),
      resolve: async (_queue, { first, after }, { database, viewer: { reader } }) => {
        const page = await listWaitingJobs(database, reader, { after, first: pageSize(first, 20) });
        return connection(page, () => countWaitingJobs(database, reader));
      },
    }),
  }),
});

builder.queryField('queue', (t) =>
  t.field({
    type: QueueObject,
    description:
      'The queue of jobs: how much waits, who works on it, when it is empty. The numbers are of all ' +
      'searches; which jobs they are is told of those that you may see.',
    resolve: (_root, _args, context) => {
      let forecast: Promise<QueueForecast> | undefined;
      return {
        depth: queueDepth(context.database),
        forecast() {
          forecast ??= queueForecast(context);
          return forecast;
        },
      };
    },
  }),
);
