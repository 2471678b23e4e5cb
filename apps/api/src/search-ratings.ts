import { DomainError } from '@blockwise/contracts';
import { cellsOf, type Database, datasetOf, ratingsOf, readSearch } from '@blockwise/db';
import type { Rating, SearchSpace, Task } from '@blockwise/dna';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { cachedSpace } from './space-cache.ts';

/** What the exact search needs of a search whose cells are all rated. */
export interface SearchRatings {
  readonly space: SearchSpace;
  readonly task: Task;
  readonly losses: readonly Rating[];
  /** Weight of each block's loss, by the specification; null: all 1. */
  readonly lambdas: readonly number[] | null;
}

/** Ratings of so many searches stay in memory, some megabytes each. */
const keptSearches = 16;

/** Reads ratings, and keeps those of searches that were asked for lately: they never change. */
export class RatingsReader {
  readonly #database: Database;
  readonly #kept = new LeastRecentlyUsed<string, Promise<SearchRatings>>(keptSearches);

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws DomainError NOT_FOUND, or NOT_READY while a cell is not rated */
  of(searchId: string): Promise<SearchRatings> {
    return this.#kept.getOrMake(searchId, () => {
      const reading = readRatings(this.#database, searchId);
      reading.catch(() => this.#kept.delete(searchId));
      return reading;
    });
  }
}

async function readRatings(database: Database, searchId: string): Promise<SearchRatings> {
  const search = await readSearch(database, searchId);
  if (search === null) {
    throw new DomainError('NOT_FOUND', 'There is no such search.', { path: ['search'] });
  }
  const cells = await cellsOf(database, searchId);
  const rated = cells.filter(({ ratedAt }) => ratedAt !== null).length;
  const dataset = await datasetOf(database, searchId);
  if (rated < cells.length || dataset === null) {
    throw new DomainError('NOT_READY', `${rated} of ${cells.length} cells are rated so far.`, {
      path: ['search'],
    });
  }
  return {
    space: cachedSpace(search.spec.space),
    task: { inputSize: dataset.size, classes: dataset.classes.length },
    losses: await ratingsOf(database, searchId),
    lambdas: search.spec.solve.lambdas,
  };
}
