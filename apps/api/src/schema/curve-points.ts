import { type EventRow, runsOfMany } from '@blockwise/db';
import type { Context } from '../context.ts';
import { checkJobCount } from '../curve-columns.ts';
import { type EventRows, eventsPage, followEvents } from '../events/follow.ts';
import { mapPages } from '../events/map-pages.ts';
import {
  type CurveReset,
  type NewCurves,
  type NewPoints,
  newCurves,
} from '../events/new-points.ts';
import { sharePayload } from '../events/shared-payload.ts';
import { maxEventsPage } from '../limits.ts';
import { subject } from '../rights/subject.ts';
import { visibleEvents } from '../rights/visible-events.ts';
import { whileAllowed } from '../rights/while-allowed.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { pageSize } from './paging.ts';

interface CurvePointsPage extends NewCurves {
  readonly cursor: string;
}

const CurvePointsObject = builder.objectRef<NewPoints>('CurvePoints').implement({
  description: 'New points of one curve, as columns of equal length.',
  fields: (t) => ({
    job: t.id({
      description: 'Id of the job.',
      resolve: ({ jobId }) => encodeGlobalId('Job', jobId),
    }),
    key: t.exposeString('key', { description: 'What was measured, such as `loss`.' }),
    steps: t.exposeIntList('steps', { description: 'Training steps, ascending.' }),
    values: t.exposeFloatList('values', { description: 'The measured values.' }),
  }),
});

const CurveResetObject = builder.objectRef<CurveReset>('CurveReset').implement({
  description:
    'A job went on from a checkpoint: what was measured behind it does not count any more.',
  fields: (t) => ({
    job: t.id({
      description: 'Id of the job.',
      resolve: ({ jobId }) => encodeGlobalId('Job', jobId),
    }),
    afterStep: t.exposeInt('afterStep', {
      description: 'Points of all curves of the job behind this step are to be dropped.',
    }),
  }),
});

const CurvePointsPageObject = builder.objectRef<CurvePointsPage>('CurvePointsPage').implement({
  description: 'New points of the curves of a search after a cursor.',
  fields: (t) => ({
    resets: t.field({
      type: [CurveResetObject],
      description: 'What to drop, before the points are appended.',
      resolve: ({ resets }) => [...resets],
    }),
    curves: t.field({
      type: [CurvePointsObject],
      description: 'New points, one entry for each curve that has some.',
      resolve: ({ curves }) => [...curves],
    }),
    cursor: t.exposeString('cursor', {
      description: 'Pass it as `after` to go on. A cursor of `searchEvents` serves as well.',
    }),
  }),
});

interface Choice {
  readonly search: string;
  readonly jobs?: readonly string[] | null | undefined;
  readonly keys?: readonly string[] | null | undefined;
}

/** What is asked for, once it is known that the viewer may have it. */
async function chosen(context: Context, { search, jobs, keys }: Choice) {
  if (jobs) checkJobCount(jobs.length);
  const { id: searchId } = await subject(context, 'Search', search, ['search']);
  const rows = await Promise.all(
    (jobs ?? []).map((job, i) => subject(context, 'Job', job, ['jobs', i])),
  );
  return {
    searchId,
    jobIds: jobs ? new Set(rows.map(({ id }) => id)) : undefined,
    keys: keys ? new Set(keys) : undefined,
  };
}

type Chosen = Awaited<ReturnType<typeof chosen>>;

async function pointsOf(
  context: Context,
  choice: Chosen,
  page: EventRows,
): Promise<CurvePointsPage> {
  const { database, hub } = context;
  const { rows, cursor } = await visibleEvents(context, choice.searchId, page);
  const runsOf = (jobId: string) =>
    hub.share(choice.searchId, `runs ${jobId}`, () => runsOfMany(database, [jobId]));
  const merge = async () => ({ ...(await newCurves(rows, choice, runsOf)), cursor });
  if (choice.jobIds !== undefined || choice.keys !== undefined) return merge();
  const merged = allPoints.get(rows) ?? merge();
  allPoints.set(rows, merged);
  sharePayload(await merged);
  return merged;
}

/** Of rows that readers at the same cursor share: their page, for those who ask for all curves. */
const allPoints = new WeakMap<readonly EventRow[], Promise<CurvePointsPage>>();

/** The first payload, and those that bring something: the curves asked for may be silent for long. */
function withPoints(
  context: Context,
  choice: Chosen,
  pages: AsyncIterableIterator<EventRows>,
): AsyncIterableIterator<CurvePointsPage> {
  let isFirst = true;
  return mapPages(pages, async (page) => {
    const points = await pointsOf(context, choice, page);
    const isTold = isFirst || points.curves.length + points.resets.length > 0;
    isFirst = false;
    return isTold ? points : undefined;
  });
}

const descriptions = {
  search: 'Id of the search.',
  jobs: 'Ids of jobs of the search, at most 500; all of them if not given.',
  keys: 'Keys of curves; all keys if not given.',
  after: 'Cursor of the last payload, or of `Search.cursor`; from the first point if not given.',
};

builder.queryField('curvePoints', (t) =>
  t.field({
    type: CurvePointsPageObject,
    description:
      'Polling twin of the subscription of the same name: same cursors, same points. A page without ' +
      'points moves the cursor all the same; nothing is left when the cursor stays.',
    args: {
      search: t.arg.id({ required: true, description: descriptions.search }),
      jobs: t.arg.idList({ description: descriptions.jobs }),
      keys: t.arg.stringList({ description: descriptions.keys }),
      after: t.arg.string({ description: descriptions.after }),
      first: t.arg.int({
        required: true,
        defaultValue: 500,
        description: 'Events of the search to look at, 1 to 1,000.',
      }),
    },
    resolve: async (_root, args, context) => {
      const choice = await chosen(context, args);
      const page = await eventsPage(context, {
        searchId: choice.searchId,
        after: args.after ?? undefined,
        first: pageSize(args.first, 500, maxEventsPage),
      });
      return pointsOf(context, choice, page);
    },
  }),
);

builder.subscriptionField('curvePoints', (t) =>
  t.field({
    type: CurvePointsPageObject,
    description:
      'New points of the curves of a search: first those stored after the cursor, then live, about ' +
      'four payloads a second at most, each with all points since the one before. Completes as ' +
      '`searchEvents` does.',
    args: {
      search: t.arg.id({ required: true, description: descriptions.search }),
      jobs: t.arg.idList({ description: descriptions.jobs }),
      keys: t.arg.stringList({ description: descriptions.keys }),
      after: t.arg.string({ description: descriptions.after }),
    },
    subscribe: async (_root, args, context) => {
      const allowed = () => chosen(context, args);
      const choice = await allowed();
      const pages = await followEvents(context, {
        searchId: choice.searchId,
        after: args.after ?? undefined,
      });
      return whileAllowed(context, allowed, withPoints(context, choice, pages));
    },
    resolve: (page) => page,
  }),
);
