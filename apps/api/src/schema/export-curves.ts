import { jobsOf } from '@blockwise/db';
import type { Context } from '../context.ts';
import { checkJobCount } from '../curve-columns.ts';
import type { TableTarget } from '../links/link-content.ts';
import { refuse } from '../refuse.ts';
import { subject } from '../rights/subject.ts';
import { typeRules } from '../rights/types.ts';
import { builder } from './builder.ts';
import { onlyOneOf } from './only-one-of.ts';
import { exportTable, formatArg, TableExportObject } from './table-export.ts';

builder.queryField('exportCurves', (t) =>
  t.field({
    type: TableExportObject,
    description:
      'All points of curves as a file, none of them thinned: a row for each, by job, key and step. The ' +
      "order of jobs is that of `jobs`, or of a search's phases.",
    args: {
      jobs: t.arg.idList({
        description:
          'Ids of the jobs, as many as an address can name (100 and more); or give `search`.',
      }),
      search: t.arg.id({ description: 'Id of the search, for all its jobs; or give `jobs`.' }),
      keys: t.arg.stringList({ description: 'Keys to read, such as `loss`; all if not given.' }),
      format: t.arg(formatArg),
    },
    resolve: async (_root, { format, keys, ...args }, context) => {
      const given = onlyOneOf(args, ['jobs', 'search']);
      const of =
        given.name === 'jobs'
          ? await curvesOfJobs(given.value, context)
          : await curvesOfSearch(given.value, context);
      return exportTable(
        { kind: 'curves', format, of, keys: keys ? [...new Set(keys)] : null },
        context,
      );
    },
  }),
);

type Curves = Extract<TableTarget, { kind: 'curves' }>['of'];

async function curvesOfJobs(ids: readonly string[], context: Context): Promise<Curves> {
  if (ids.length === 0) refuse('BAD_INPUT', 'Name at least one job.', ['jobs']);
  checkJobCount(ids.length);
  const jobs = await Promise.all(ids.map((id, i) => subject(context, 'Job', id, ['jobs', i])));
  return { jobIds: [...new Set(jobs.map(({ id }) => id))] };
}

/** Of a search some jobs may be for networks that the viewer does not see: the others are named. */
async function curvesOfSearch(id: string, context: Context): Promise<Curves> {
  const search = await subject(context, 'Search', id, ['search']);
  const until = Date.now();
  const jobs = await jobsOf(context.database, search.id);
  const seen = await Promise.all(jobs.map((job) => typeRules.Job(job, context)));
  return seen.every((isSeen) => isSeen)
    ? { searchId: search.id, until }
    : { jobIds: jobs.filter((_, i) => seen[i]).map((job) => job.id) };
}
