import type { CurveRow } from '@blockwise/db';
import type { Context } from '../context.ts';
import {
  checkJobCount,
  checkListedPoints,
  type Measured,
  readCurveColumns,
} from '../curve-columns.ts';
import { subject } from '../rights/subject.ts';
import { everyStep, stepsOfRun } from '../run-steps.ts';
import { selects } from '../selects.ts';
import { builder } from './builder.ts';
import { SamplingEnum } from './enums.ts';
import { encodeGlobalId } from './global-id.ts';
import { onlyOneOf } from './only-one-of.ts';
import { CurveObject } from './refs.ts';

const PackedCurveObject = builder.objectRef<CurveRow>('PackedCurve').implement({
  description:
    'The columns of a curve as base64 of little-endian numbers: a tenth of the work to read, and every bit ' +
    'arrives. Python reads them by `array.array`, JavaScript by typed arrays.',
  fields: (t) => ({
    count: t.int({ description: 'Points.', resolve: ({ steps }) => steps.length }),
    steps: t.string({
      description: 'Training steps, ascending: 32-bit integers.',
      resolve: ({ steps }, _args, { pack }) => pack(steps),
    }),
    values: t.string({
      description: 'The measured values: 64-bit floats.',
      resolve: ({ values }, _args, { pack }) => pack(values),
    }),
    wallTimes: t.string({
      description: 'When each was measured, seconds since 1970-01-01 UTC: 64-bit floats.',
      resolve: ({ wallTimes }, _args, { pack }) => pack(wallTimes),
    }),
  }),
});

CurveObject.implement({
  description: 'One curve of one job, or of one run of it, as columns of equal length, by step.',
  fields: (t) => ({
    job: t.id({
      description: 'Id of the job.',
      resolve: (curve) => encodeGlobalId('Job', curve.jobId),
    }),
    run: t.exposeID('run', {
      nullable: true,
      description: 'Id of the run, where runs were asked for.',
    }),
    key: t.exposeString('key', { description: 'What was measured, such as `loss`.' }),
    steps: t.intList({
      description: 'Training steps, ascending.',
      resolve: (curve) => [...curve.steps],
    }),
    values: t.floatList({
      description: 'The measured values.',
      resolve: (curve) => [...curve.values],
    }),
    wallTimes: t.floatList({
      description: 'When each was measured, seconds since 1970-01-01 UTC.',
      resolve: (curve) => [...curve.wallTimes],
    }),
    packed: t.field({
      type: PackedCurveObject,
      description: 'The same columns, packed: for many points.',
      resolve: (curve) => curve,
    }),
  }),
});

/** What jobs or runs measured, if the viewer may see all of them. */
async function measured(
  context: Context,
  args: { readonly jobs?: string[] | null; readonly runs?: string[] | null },
): Promise<Measured[]> {
  const { name, value: ids } = onlyOneOf(args, ['jobs', 'runs']);
  checkJobCount(ids.length, name);
  const distinct = [...new Set(ids)];
  return Promise.all(
    distinct.map(async (id) => {
      const path = [name, ids.indexOf(id)];
      if (name === 'jobs') {
        const job = await subject(context, 'Job', id, path);
        return { jobId: job.id, run: null, steps: everyStep };
      }
      const run = await subject(context, 'Run', id, path);
      const runs = await context.loaders.runsOfJob.load(run.jobId);
      return { jobId: run.jobId, run: id, steps: stepsOfRun(run, runs) };
    }),
  );
}

builder.queryField('curves', (t) =>
  t.field({
    type: [CurveObject],
    description:
      'Curves of many jobs or runs in one call, as columns (packed, for more than a million points), in ' +
      'the order given, then by key. The same query gives the same points. When keys are named, a job or ' +
      'run that lacks one still appears, with empty columns.',
    args: {
      jobs: t.arg.idList({ description: 'Ids of jobs, at most 500. Either these or `runs`.' }),
      runs: t.arg.idList({
        description:
          'Ids of runs, at most 500. Of each what it measured and still counts: behind the checkpoint ' +
          'from which it went on, up to the one from which a later run did.',
      }),
      keys: t.arg.stringList({
        description:
          'Keys to read; all keys of each job if not given. Jobs or runs, times keys: at most 5,000.',
      }),
      minStep: t.arg.int({ description: 'First step, inclusive.' }),
      maxStep: t.arg.int({ description: 'Last step, inclusive.' }),
      maxPoints: t.arg.int({
        required: true,
        defaultValue: 2000,
        description: 'Points of each curve when it is thinned, 2 to 100,000.',
      }),
      sampling: t.arg({
        type: SamplingEnum,
        required: true,
        defaultValue: 'MIN_MAX',
        description: 'How longer curves are thinned.',
      }),
    },
    resolve: async (_root, args, context, info) => {
      const curves = await readCurveColumns(
        {
          of: await measured(context, args),
          keys: args.keys ?? undefined,
          minStep: args.minStep ?? undefined,
          maxStep: args.maxStep ?? undefined,
          maxPoints: args.maxPoints,
          sampling: args.sampling,
        },
        context,
      );
      if (selects(info, ['steps', 'values', 'wallTimes'])) checkListedPoints(curves);
      return curves;
    },
  }),
);
