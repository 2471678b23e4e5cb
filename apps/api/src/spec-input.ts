import { type SearchSpec, searchSpec } from '@blockwise/contracts';
import { encodeGlobalId, rowId } from './schema/global-id.ts';
import { readInput } from './schema-form.ts';

/**
 * The specification that an input means.
 *
 * @throws InputIssuesError SPEC_INVALID with every fault and its path in the input
 */
export function parseSpecInput(input: unknown): SearchSpec {
  const spec = readInput(searchSpec, input, { code: 'SPEC_INVALID', path: ['spec'] });
  return { ...spec, teacher: withRowId(spec.teacher) };
}

/** Rows refer to rows; people see opaque ids. */
function withRowId(teacher: SearchSpec['teacher']): SearchSpec['teacher'] {
  switch (teacher.kind) {
    case 'search': {
      const path = ['spec', 'teacher', 'search', 'searchId'];
      return { ...teacher, searchId: rowId(teacher.searchId, 'Search', path) };
    }
    case 'network': {
      const path = ['spec', 'teacher', 'network', 'networkId'];
      return { ...teacher, networkId: rowId(teacher.networkId, 'Network', path) };
    }
    default:
      return teacher;
  }
}

/** A stored specification as people see it. */
export function shownSpec(spec: SearchSpec): SearchSpec {
  return { ...spec, teacher: withOpaqueId(spec.teacher) };
}

function withOpaqueId(teacher: SearchSpec['teacher']): SearchSpec['teacher'] {
  switch (teacher.kind) {
    case 'search':
      return { ...teacher, searchId: encodeGlobalId('Search', teacher.searchId) };
    case 'network':
      return { ...teacher, networkId: encodeGlobalId('Network', teacher.networkId) };
    default:
      return teacher;
  }
}
