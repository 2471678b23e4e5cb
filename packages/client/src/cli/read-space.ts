import path from 'node:path';
import { spacePresets } from '@blockwise/dna';
import type { SpaceSourceInput } from '../generated/graphql.ts';
import { isYaml, readText } from './read-file.ts';

/** A space as it was named: a preset, or a file of YAML, JSON or the grammar by its ending. */
export async function readSpaceSource(named: string): Promise<SpaceSourceInput> {
  if (Object.hasOwn(spacePresets, named)) return { text: named };
  const text = await readText(named);
  if (isYaml(named)) return { yaml: text };
  return path.extname(named).toLowerCase() === '.json' ? { json: text } : { text };
}
