import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { printSdl } from '../../apps/api/src/schema/schema.ts';
import { root } from './steps.ts';

/** Whether the committed SDL is the one that the API prints. */
export async function findStaleSdl(): Promise<string[]> {
  const committed = await readFile(path.join(root, 'apps/api/schema.graphql'), 'utf8');
  if (committed === printSdl()) return [];
  return [
    'apps/api/schema.graphql is not what the API prints.',
    'Run: npx pnpm --filter @blockwise/api schema:print',
  ];
}
