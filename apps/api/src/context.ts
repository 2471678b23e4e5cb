import type { Database, Queue } from '@blockwise/db';
import type { EventHub } from './events/hub.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Resources } from './resources.ts';
import { RatingsReader } from './search-ratings.ts';
import type { Solver } from './solving/solver.ts';

/** What a resolver works with: one for each request, or operation of a socket. */
export interface Context {
  readonly database: Database;
  readonly queue: Queue;
  readonly hub: EventHub;
  readonly ratings: RatingsReader;
  readonly solver: Solver;
  /** Remember what they read for as long as the request lasts. */
  readonly loaders: Loaders;
}

/** Makes contexts that share what the process holds open. */
export function createContextFactory({
  database,
  queue,
  hub,
  solver,
}: Pick<Resources, 'database' | 'queue' | 'hub' | 'solver'>): () => Context {
  const ratings = new RatingsReader(database);
  return () => ({ database, queue, hub, ratings, solver, loaders: createLoaders(database) });
}
