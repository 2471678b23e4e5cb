import { type ErrorPath, type SearchSpec, searchSpec } from '@blockwise/contracts';
import { InputIssuesError } from './input-issues.ts';
import { encodeGlobalId, rowId } from './schema/global-id.ts';
import type { SearchSpecInput } from './schema/search-spec.ts';
import { withoutNulls } from './without-nulls.ts';
import { inputIssues } from './zod-issues.ts';

/**
 * The specification that an input means. GraphQL has no tagged unions, so the key under which a
 * data set or teacher stands becomes its `kind`.
 *
 * @throws InputIssuesError SPEC_INVALID with every fault and its path in the input
 */
export function parseSpecInput(input: typeof SearchSpecInput.$inferInput): SearchSpec {
  const datasetKey = keyOf(input.dataset);
  const teacherKey = keyOf(input.teacher);
  const { learningRate } = input.distil ?? {};
  const parsed = searchSpec.safeParse(
    withoutNulls({
      ...input,
      dataset: { ...input.dataset[datasetKey], kind: datasetKey },
      teacher: { ...input.teacher[teacherKey], kind: teacherKey },
      distil: {
        ...input.distil,
        learningRate: learningRate?.length === 1 ? learningRate[0] : learningRate,
      },
    }),
  );
  if (!parsed.success) {
    const inputPath = ([field, ...rest]: ErrorPath): ErrorPath => {
      switch (field) {
        case undefined:
          return ['spec'];
        case 'dataset':
          return ['spec', field, datasetKey, ...rest];
        case 'teacher':
          return ['spec', field, teacherKey, ...rest];
        default:
          return ['spec', field, ...rest];
      }
    };
    throw new InputIssuesError('SPEC_INVALID', inputIssues(parsed.error, inputPath));
  }
  return withRowId(parsed.data);
}

/** Rows refer to rows; people see opaque ids. */
function withRowId(spec: SearchSpec): SearchSpec {
  if (spec.teacher.kind !== 'search') {
    return spec;
  }
  const path = ['spec', 'teacher', 'search', 'searchId'];
  const searchId = rowId(spec.teacher.searchId, 'Search', path);
  return { ...spec, teacher: { kind: 'search', searchId } };
}

/** A stored specification as people see it. */
export function shownSpec(spec: SearchSpec): SearchSpec {
  return spec.teacher.kind === 'search'
    ? {
        ...spec,
        teacher: { kind: 'search', searchId: encodeGlobalId('Search', spec.teacher.searchId) },
      }
    : spec;
}

/** The one key of a `@oneOf` input that is there; GraphQL has checked that there is one. */
function keyOf<Input extends object>(input: Input): keyof Input & string {
  for (const [key, value] of Object.entries(input)) {
    if (value !== null && value !== undefined) {
      return key as keyof Input & string;
    }
  }
  throw new Error('a oneOf input without a field');
}
