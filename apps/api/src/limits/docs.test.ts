import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as limits from '../limits.ts';
import { schema } from '../schema/schema.ts';
import { fieldCosts } from './field-costs.ts';
import { usualLimits } from './operation-limits.ts';

const page = readFileSync(new URL('../../../../docs/limits.md', import.meta.url), 'utf8');

/** Second column of the rows of docs/limits.md whose first is a name, by the name. */
const shown = Object.fromEntries(
  [...page.matchAll(/^\| `(\w+)` \| ([\d,]+|\w+) \|/gm)].map(([, name = '', value = '']) => [
    name,
    value.replaceAll(',', ''),
  ]),
);

describe('docs/limits.md', () => {
  it.each(Object.entries(limits))('has %s, which is %s', (name, value) => {
    expect(shown[name]).toBe(String(value));
  });

  it('has the defaults of what can be set', () => {
    expect(shown).toMatchObject({
      OPERATION_COST: String(usualLimits.operationCost),
      COST_PER_MINUTE: String(usualLimits.costPerMinute),
      ANONYMOUS_COST_PER_MINUTE: String(usualLimits.anonymousCostPerMinute),
      REQUESTS_PER_MINUTE: String(usualLimits.requestsPerMinute),
      DOCUMENTS_ONLY: String(usualLimits.documentsOnly),
    });
  });
});

describe('the table of costs', () => {
  it.each(Object.keys(fieldCosts))('%s is a field', (name) => {
    const [type = '', field = ''] = name.split('.');
    const found = schema.getType(type);
    expect(found && 'getFields' in found && Object.keys(found.getFields())).toContain(field);
  });
});
