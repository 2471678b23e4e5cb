import { type SearchSpecInput as Spec, searchSpec, toInputForm } from '@blockwise/contracts';
import type { SearchSpecInput } from './generated/graphql.ts';

/**
 * A search specification as the API's input. Fields left out stay left out, so that the server fills
 * in its defaults.
 */
export function toSearchSpecInput(spec: Spec): SearchSpecInput {
  // The SDL's input types are generated from the same schemas.
  return toInputForm(searchSpec, spec) as SearchSpecInput;
}
