import type { DomainError, ErrorCode, ErrorPath, Phase, SearchSpec } from '@blockwise/contracts';
import { lastReadOfFolder } from '@blockwise/db';
import { misfits, type SearchSpace, type Shape } from '@blockwise/dna';
import { fitsBlocks } from './check-spec.ts';
import { checkedTags } from './checked-tags.ts';
import type { Context } from './context.ts';
import type { CostRanges } from './cost-ranges.ts';
import { presentFacilities, withOneAtLeast } from './estimate/facilities.ts';
import { type Forecast, forecast } from './estimate/forecast.ts';
import { countsOf, type ImageCounts, imagesOf } from './estimate/images.ts';
import { featureWork, type Setting } from './estimate/job-work.ts';
import { jobCounts, plannedJobs } from './estimate/planned-jobs.ts';
import { Faults } from './faults.ts';
import { InputIssuesError } from './input-issues.ts';
import { type PlannedSearch, planSearch } from './plan-search.ts';
import { operationRights } from './rights/operations.ts';
import { teamFor } from './rights/subject.ts';
import type { CheckSearchInput } from './schema/check-search.ts';

/** What `startSearch` would refuse an input for. */
export interface SearchProblem {
  readonly path: ErrorPath;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What would become of an input; null where that cannot be told (yet). */
export interface SearchCheck {
  readonly problems: readonly SearchProblem[];
  readonly space: SearchSpace | null;
  /** The teacher's feature maps: after its stem and after every block. */
  readonly cuts: readonly Shape[] | null;
  readonly costs: CostRanges | null;
  readonly jobs: readonly { readonly phase: Phase; readonly jobs: number }[] | null;
  readonly forecast: Forecast | null;
}

/** Says what `startSearch` would say of an input, and what the search would take. Stores nothing. */
export async function checkSearch(
  input: typeof CheckSearchInput.$inferInput,
  context: Context,
): Promise<SearchCheck> {
  const faults = new Faults();
  const starting = context.under(operationRights['Mutation.startSearch']);
  await faults.ofAsync(() => teamFor(starting, input.team, ['team']));
  faults.of(() => checkedTags(input.tags));
  const planned = await planSearch(input, context, faults);
  const { spec, space, teacher } = planned;
  const counts = spec === null ? null : await knownCounts(spec, context);
  const costs =
    space === null || counts === null
      ? null
      : await context.solver.run('costRanges', space, {
          inputSize: counts.size,
          classes: counts.classes,
        });
  return {
    problems: faults.found.flatMap(problemsOf),
    space,
    cuts: teacher?.cuts ?? null,
    costs,
    jobs: spec === null || space === null ? null : jobCounts(spec, space),
    forecast:
      counts === null || costs === null ? null : await forecastOf(planned, counts, costs, context),
  };
}

function problemsOf(fault: DomainError): SearchProblem[] {
  const { code } = fault;
  return fault instanceof InputIssuesError
    ? fault.issues.map(({ path, message }) => ({ path, code, message }))
    : [{ path: fault.path, code, message: fault.message }];
}

/** Of a folder, what a search found there last. */
async function knownCounts(
  spec: SearchSpec,
  { database, viewer }: Context,
): Promise<ImageCounts | null> {
  const { dataset } = spec;
  if (dataset.kind !== 'imageFolder') return countsOf(spec);
  const found = await lastReadOfFolder(database, viewer.reader, dataset);
  return found === null ? null : { ...found, classes: found.classes.length };
}

/**
 * Null where the cells do not lie between the teacher's maps, or nobody knows those, and where some
 * blocks lack their settings.
 */
async function forecastOf(
  { spec, space, teacher }: PlannedSearch,
  counts: ImageCounts,
  costs: CostRanges,
  context: Context,
): Promise<Forecast | null> {
  if (spec === null || space === null || teacher === null) return null;
  const { cuts } = teacher;
  if (misfits(space, cuts, counts.size).length > 0) return null;
  if (!fitsBlocks(spec, space.blocks.length)) return null;
  const setting: Setting = {
    ...{ spec, space, cuts, images: imagesOf(spec, counts) },
    // Layers that nobody counts are taken for as many as the most costly network has.
    teacherMacs: teacher.macs ?? costs.macs.max,
  };
  const facilities = withOneAtLeast(await presentFacilities(context));
  return forecast(
    plannedJobs(setting, costs),
    featureWork(setting),
    spec.distil.strategy !== 'dna',
    facilities,
  );
}
