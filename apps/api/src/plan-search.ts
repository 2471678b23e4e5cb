import { DomainError, type SearchSpec } from '@blockwise/contracts';
import type { SearchSpaceRow } from '@blockwise/db';
import { type SearchSpace, spaceOf } from '@blockwise/dna';
import { checkSpec, taskOf } from './check-spec.ts';
import type { Context } from './context.ts';
import { Faults } from './faults.ts';
import { under } from './input-issues.ts';
import { type PlannedTeacher, plannedTeacher } from './planned-teacher.ts';
import { visible } from './rights/subject.ts';
import type { StartSearchInput } from './schema/start-search.ts';
import { parseSpecInput } from './spec-input.ts';

type Input = Pick<typeof StartSearchInput.$inferInput, 'spec' | 'searchSpace'>;

/** What an input means, as far as it can be read; what cannot be is null. */
export interface PlannedSearch {
  readonly spec: SearchSpec | null;
  readonly space: SearchSpace | null;
  /** The saved space that it was taken from. */
  readonly saved: SearchSpaceRow | null;
  /** Null too where only a trainer can read it. */
  readonly teacher: PlannedTeacher | null;
}

/** Checks everything about a specification that can be known before a trainer sees it. */
export async function planSearch(
  input: Input,
  context: Context,
  faults: Faults,
): Promise<PlannedSearch> {
  const saved = await faults.ofAsync(() => savedSpace(input, context));
  const given = saved === null ? input.spec : { ...input.spec, space: saved.text };
  const spec = faults.of(() => parseSpecInput(given));
  const { space: text } = given;
  // Without a text, the specification has said so.
  const space =
    typeof text === 'string' && text !== ''
      ? faults.of(() => under(['spec', 'space'], () => spaceOf(text)))
      : null;
  const parts = spec ?? partsOf(given);
  const teacher =
    parts === null
      ? null
      : await faults.ofAsync(() => plannedTeacher(context, parts, taskOf(parts)));
  if (spec !== null && space !== null) await checkSpec(spec, space, teacher, context, faults);
  return { spec, space, saved, teacher };
}

/** Images and teacher of a specification that is wrong elsewhere; null where they are wrong too. */
function partsOf({
  dataset,
  teacher,
}: Input['spec']): Pick<SearchSpec, 'dataset' | 'teacher'> | null {
  // Everything else as it could be.
  const parts = { name: 'parts', space: 'small-32', retrain: {}, dataset, teacher };
  return new Faults().of(() => parseSpecInput(parts));
}

/** The saved space that a request names instead of a text. */
async function savedSpace(
  { searchSpace, spec }: Input,
  context: Context,
): Promise<SearchSpaceRow | null> {
  if (searchSpace === null || searchSpace === undefined) return null;
  if (typeof spec.space === 'string') {
    throw new DomainError('BAD_INPUT', 'Name a saved space or give a text, not both.', {
      path: ['searchSpace'],
    });
  }
  return visible(context, 'SearchSpace', searchSpace, ['searchSpace']);
}
