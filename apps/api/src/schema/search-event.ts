import { readLog } from '@blockwise/db';
import { type FlatEvent, flatEvents } from '../events/flat-event.ts';
import { type EventRows, eventsPage, followEvents } from '../events/follow.ts';
import { mapPages } from '../events/map-pages.ts';
import { maxEventsPage } from '../limits.ts';
import { subject } from '../rights/subject.ts';
import { visibleEvents } from '../rights/visible-events.ts';
import { whileAllowed } from '../rights/while-allowed.ts';
import { builder } from './builder.ts';
import {
  JobStateEnum,
  MessageLevelEnum,
  SearchEventKindEnum,
  SearchPriorityEnum,
  SearchStateEnum,
} from './enums.ts';
import { encodeGlobalId, joinedId, type NodeName } from './global-id.ts';
import { pageSize } from './paging.ts';
import { ProgressObject } from './progress.ts';
import { FailureObject } from './refs.ts';
import { PhaseEnum } from './spec-enums.ts';

const EventPointsObject = builder
  .objectRef<NonNullable<FlatEvent['points']>>('EventPoints')
  .implement({
    description: 'New points of a curve, as columns of equal length.',
    fields: (t) => ({
      key: t.exposeString('key', { description: 'Key of the curve.' }),
      steps: t.exposeIntList('steps', { description: 'Training steps, ascending.' }),
      values: t.exposeFloatList('values', { description: 'The measured values.' }),
    }),
  });

const SearchEventObject = builder.objectRef<FlatEvent>('SearchEvent');

builder.node(SearchEventObject, {
  description:
    'Something that happened in a search. One flat type: `kind` says which fields are there, all ' +
    'others are null.',
  id: { resolve: ({ searchId, cursor }) => joinedId(searchId, cursor) },
  loadWithoutCache: (id, { loaders }) => loaders.event.load(id),
  fields: (t) => {
    const globalId = (typename: NodeName, id: string | null) =>
      id === null ? null : encodeGlobalId(typename, id);
    return {
      cursor: t.exposeString('cursor', {
        description: 'Position in the search: pass it as `after` to go on behind this event.',
      }),
      at: t.expose('at', { type: 'DateTime', description: 'When it was stored.' }),
      kind: t.expose('kind', { type: SearchEventKindEnum, description: 'What the event tells.' }),
      state: t.expose('state', {
        type: SearchStateEnum,
        nullable: true,
        description: 'New state of the search.',
      }),
      jobState: t.expose('jobState', {
        type: JobStateEnum,
        nullable: true,
        description: 'New state of the job.',
      }),
      phase: t.expose('phase', {
        type: PhaseEnum,
        nullable: true,
        description: 'Phase of the search.',
      }),
      priority: t.expose('priority', {
        type: SearchPriorityEnum,
        nullable: true,
        description: 'Priority of the search.',
      }),
      jobKind: t.expose('jobKind', {
        type: PhaseEnum,
        nullable: true,
        description: 'What the job does.',
      }),
      job: t.id({
        nullable: true,
        description: 'Id of the job.',
        resolve: (event) => globalId('Job', event.jobId),
      }),
      cell: t.id({
        nullable: true,
        description: 'Id of the cell.',
        resolve: (event) => globalId('Cell', event.cellId),
      }),
      network: t.id({
        nullable: true,
        description: 'Id of the network.',
        resolve: (event) => globalId('Network', event.networkId),
      }),
      retraining: t.id({
        nullable: true,
        description: 'Id of the training of the network, with one seed.',
        resolve: (event) => globalId('Retraining', event.retrainingId),
      }),
      export: t.id({
        nullable: true,
        description: 'Id of the export.',
        resolve: (event) => globalId('Export', event.exportId),
      }),
      featureMaps: t.id({
        nullable: true,
        description: 'Id of the feature maps.',
        resolve: (event) => globalId('FeatureMaps', event.featureMapsId),
      }),
      audit: t.id({
        nullable: true,
        description: 'Id of the ranking audit.',
        resolve: (event) => globalId('RankingAudit', event.auditId),
      }),
      auditState: t.expose('auditState', {
        type: JobStateEnum,
        nullable: true,
        description: 'New state of the audit.',
      }),
      attempt: t.exposeInt('attempt', {
        nullable: true,
        description: 'Attempts at the job begun so far.',
      }),
      progress: t.field({
        type: ProgressObject,
        nullable: true,
        description: 'How far the job is.',
        resolve: (event) => event.progress,
      }),
      points: t.field({
        type: EventPointsObject,
        nullable: true,
        description: 'New points of a curve.',
        resolve: (event) => event.points,
      }),
      candidates: t.exposeInt('candidates', {
        nullable: true,
        description: 'Paths of the cell that were rated.',
      }),
      bestPath: t.exposeString('bestPath', {
        nullable: true,
        description: 'Path with the least loss of the cell.',
      }),
      bestLoss: t.exposeFloat('bestLoss', {
        nullable: true,
        description: 'Rating of that path; less is better.',
      }),
      networks: t.exposeInt('networks', {
        nullable: true,
        description: 'Networks that were found.',
      }),
      top1: t.exposeFloat('top1', {
        nullable: true,
        description: 'Accuracy of the network on the test part, 0 to 1.',
      }),
      engine: t.exposeString('engine', {
        nullable: true,
        description: 'Engine whose latencies were measured.',
      }),
      device: t.exposeString('device', {
        nullable: true,
        description: 'What it computed on.',
      }),
      failure: t.field({
        type: FailureObject,
        nullable: true,
        description: 'Why the search or the job failed.',
        resolve: (event) => event.failure,
      }),
      message: t.exposeString('message', { nullable: true, description: 'A remark for people.' }),
      level: t.expose('level', {
        type: MessageLevelEnum,
        nullable: true,
        description: 'Weight of the remark.',
      }),
    };
  },
});

const SearchEventPageObject = builder.objectRef<EventRows>('SearchEventPage').implement({
  description: 'Events of a search after a cursor.',
  fields: (t) => ({
    events: t.field({
      type: [SearchEventObject],
      description: 'Events, oldest first.',
      resolve: ({ rows }) => flatEvents(rows),
    }),
    cursor: t.exposeString('cursor', {
      description: 'Cursor of the last event, or the one given when there is nothing new.',
    }),
  }),
});

const searchId = 'Id of the search.';
const after =
  'Cursor of the last event seen (of `Search.cursor` or an event); from the first event if not given.';

builder.queryField('searchEvents', (t) =>
  t.field({
    type: SearchEventPageObject,
    description:
      'Polling twin of the subscription of the same name: same cursors, same events; nothing is left when ' +
      'the cursor stays. NOT_FOUND when there is no such search.',
    args: {
      search: t.arg.id({ required: true, description: searchId }),
      after: t.arg.string({ description: after }),
      first: t.arg.int({
        required: true,
        defaultValue: 500,
        description: 'Events at most, 1 to 1,000.',
      }),
    },
    resolve: async (_root, args, context) => {
      const { id: searchId } = await subject(context, 'Search', args.search, ['search']);
      const page = await eventsPage(context, {
        ...{ searchId, after: args.after ?? undefined },
        first: pageSize(args.first, 500, maxEventsPage),
      });
      return visibleEvents(context, searchId, page);
    },
  }),
);

builder.queryField('searchLog', (t) =>
  t.field({
    type: [SearchEventObject],
    description:
      'The last events of a search that are neither points nor progress, newest first: what happened, in ' +
      'words. `searchEvents` goes on from the cursor of the first. NOT_FOUND when there is no such search.',
    args: {
      search: t.arg.id({ required: true, description: searchId }),
      first: t.arg.int({
        required: true,
        defaultValue: 100,
        description: 'Events at most, 1 to 1,000.',
      }),
    },
    resolve: async (_root, args, context) => {
      const { id } = await subject(context, 'Search', args.search, ['search']);
      const rows = await readLog(context.database, id, pageSize(args.first, 100, maxEventsPage));
      return flatEvents((await visibleEvents(context, id, { rows, cursor: '' })).rows);
    },
  }),
);

builder.subscriptionField('searchEvents', (t) =>
  t.field({
    type: SearchEventPageObject,
    description:
      'Events of a search: first those stored after the cursor, then live. Nothing is missed and ' +
      'nothing comes twice; what happens within a quarter of a second, or while the reader is busy, ' +
      'comes together. Completes when the search has ended and nothing is under way for it ' +
      '(audits and trainings asked for later). NOT_FOUND when there is no such search.',
    args: {
      search: t.arg.id({ required: true, description: searchId }),
      after: t.arg.string({ description: after }),
    },
    subscribe: async (_root, args, context) => {
      const allowed = () => subject(context, 'Search', args.search, ['search']);
      const { id: searchId } = await allowed();
      const pages = await followEvents(context, { searchId, after: args.after ?? undefined });
      const visible = mapPages(pages, async (page) => {
        const seen = await visibleEvents(context, searchId, page);
        return seen.rows.length > 0 ? seen : undefined;
      });
      return whileAllowed(context, allowed, visible);
    },
    resolve: (page) => page,
  }),
);
