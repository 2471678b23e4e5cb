import { judgeChanges } from '../../apps/api/src/released/breaking-changes.ts';
import { readLastRelease, readListedChanges } from '../../apps/api/src/released/release.ts';
import { schema } from '../../apps/api/src/schema/schema.ts';

const howTo =
  'What is meant is listed in apps/api/released/breaking-changes.json (see CONTRIBUTING.md).';

/** What the schema changes for clients of the last release, and does not say. */
export async function findBreakingChanges(): Promise<string[]> {
  const released = readLastRelease();
  if (released === null) return [];
  const found = judgeChanges(released, schema, readListedChanges());
  return found.length === 0 ? [] : [...found, howTo];
}
