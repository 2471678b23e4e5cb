import { toSearchSpecInput } from '@blockwise/client';
import type { SearchSpecInput } from '@blockwise/contracts';
import { parse, stringify } from 'yaml';
import type { Draft } from './draft.ts';

/** A specification as a file for the command line. */
export function toYaml(draft: Draft): string {
  return stringify(draft, { lineWidth: 100 });
}

export function toJson(draft: Draft): string {
  return JSON.stringify(draft, null, 2);
}

/** The mutation that starts the search, with its variables. The draft must have been checked. */
export function toMutation(draft: Draft): string {
  const input = { spec: toSearchSpecInput(draft as SearchSpecInput) };
  return [
    'mutation ($input: StartSearchInput!) {',
    '  startSearch(input: $input) { id }',
    '}',
    '',
    '# variables',
    JSON.stringify({ input }, null, 2),
  ].join('\n');
}

/**
 * Reads a specification from YAML or JSON, which is YAML too.
 *
 * @throws Error with line and column when it is neither, or holds no fields
 */
export function fromText(text: string): Draft {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('A specification has fields, such as `name: my search`.');
  }
  return value as Draft;
}
