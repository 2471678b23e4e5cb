import { countTrainers, listTrainers, trainerState } from '@blockwise/db';
import { builder } from './builder.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { JobObject, TrainerObject } from './refs.ts';
import { encodeTrainerId, trainerByEncodedId } from './trainer-id.ts';

const TrainerStateEnum = builder.enumType('TrainerState', {
  description: 'Whether a trainer is there, and works.',
  values: {
    BUSY: { description: 'It has a job under way.' },
    IDLE: { description: 'It is there and waits.' },
    LOST: { description: 'It has not said for three minutes that it lives.' },
  } as const,
});

const TrainerOrder = orderInput('Trainer', 'trainers', {
  LAST_SEEN: 'When they were seen last; DESC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
});

builder.node(TrainerObject, {
  description: 'A process that takes jobs and computes them. For everybody who is signed in.',
  id: { resolve: ({ id }) => encodeTrainerId(id) },
  loadWithoutCache: (id, { loaders }) => trainerByEncodedId(id, loaders),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name; several may have the same.' }),
    engine: t.exposeString('engine', { description: 'Its tensor engine, such as `wasm`.' }),
    device: t.exposeString('device', { description: 'What it computes on.' }),
    slots: t.exposeInt('slots', { description: 'Jobs that it can have under way at once.' }),
    firstSeen: t.expose('firstSeen', {
      type: 'DateTime',
      description: 'When it said first that it lives: its process began shortly before.',
    }),
    lastSeen: t.expose('lastSeen', {
      type: 'DateTime',
      description: 'When it said last that it lives.',
    }),
    isDraining: t.exposeBoolean('isDraining', {
      description: 'It takes no new job, and finishes what it has; `drainTrainer` says so.',
    }),
    isDiskFull: t.exposeBoolean('isDiskFull', {
      description: 'Its disk was full: it takes no new job until there is room again.',
    }),
    versions: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'What it computed with last, by the name of the package; null before a first job.',
      resolve: ({ id }, _args, { loaders }) => loaders.versionsOfTrainer.load(id),
    }),
    state: t.field({
      type: TrainerStateEnum,
      description: 'Whether it is there, and works.',
      resolve: async (row, _args, { loaders }) =>
        trainerState(row, (await loaders.jobIdsOfTrainer.load(row.id)).length > 0),
    }),
    busySlots: t.int({
      description: 'Jobs that it has under way, whosever they are.',
      resolve: async ({ id }, _args, { loaders }) =>
        (await loaders.jobIdsOfTrainer.load(id)).length,
    }),
    jobs: t.field({
      type: [JobObject],
      description:
        'What it has under way, begun first ahead; jobs that you may not see are left out.',
      resolve: async ({ id }, _args, { loaders }) => {
        const ids = await loaders.jobIdsOfTrainer.load(id);
        const jobs = await Promise.all(ids.map((each) => loaders.job.load(each)));
        return jobs.filter((job) => job !== null);
      },
    }),
  }),
});

const TrainerConnection = connectionOf('Trainer', TrainerObject);

const TrainerFilterInput = builder.inputType('TrainerFilter', {
  description: 'Which trainers; all conditions hold.',
  fields: (t) => ({
    states: t.field({ type: [TrainerStateEnum], description: 'Those in one of these states.' }),
    engine: t.string({ description: 'Those with this tensor engine.' }),
    text: t.string({ description: 'Part of the name or the device, in any case.' }),
  }),
});

builder.queryField('trainers', (t) =>
  t.field({
    type: TrainerConnection,
    description: 'Trainers that were ever seen by this server.',
    args: {
      filter: t.arg({ type: TrainerFilterInput, description: 'Which of them.' }),
      orderBy: t.arg({
        type: TrainerOrder,
        description:
          'Sorting; the one seen last first if not given. A trainer that is seen while you page may ' +
          'move to the front.',
      }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, { database }) => {
      const which = filter ?? {};
      const page = await listTrainers(database, {
        ...{ filter: which, after, first: pageSize(first, 20) },
        ...(orderBy ? { orderBy } : {}),
      });
      return connection(page, () => countTrainers(database, which));
    },
  }),
);
