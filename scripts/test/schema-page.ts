import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { printSchemaPage } from '../../apps/api/src/schema-page/page.ts';
import { root } from './steps.ts';

/** Whether the committed page about the schema is the one that the schema makes. */
export async function findStaleSchemaPage(): Promise<string[]> {
  const committed = await readFile(path.join(root, 'docs/schema.md'), 'utf8').catch(() => '');
  if (committed === printSchemaPage()) return [];
  return ['docs/schema.md does not describe the schema as it is.', 'Run: npm run docs:schema'];
}
