import type { CandidateRow } from '@blockwise/db';
import { type CellChoice, pathToIndex } from '@blockwise/dna';
import type { Loaders } from './loaders.ts';
import { joinedId } from './schema/global-id.ts';
import { cachedSpace } from './space-cache.ts';

/** The rating of what one block (from 0) of a search's network is made of. */
export async function ratedChoice(
  searchId: string,
  block: number,
  { cell, path }: CellChoice,
  loaders: Loaders,
): Promise<CandidateRow> {
  const [{ spec }, cells] = await Promise.all([
    loaders.requireSearch(searchId),
    loaders.cellsOfSearch.load(searchId),
  ]);
  const row = cells.find((each) => each.block === block && each.index === cell);
  const index = pathToIndex(cachedSpace(spec.space), block, cell, path);
  const candidate = row && (await loaders.candidate.load(joinedId(row.id, index)));
  if (!candidate) throw new Error(`path ${index} of cell ${cell}, block ${block}, has no rating`);
  return candidate;
}
