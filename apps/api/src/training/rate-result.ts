import { DomainError } from '@blockwise/contracts';
import { datasetOf, type JobRow, type RateResult, readCell, readSearch } from '@blockwise/db';
import { boundaryShapes, cellCosts, pathFromIndex, printPath } from '@blockwise/dna';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { cachedSpace } from '../space-cache.ts';

const column = z.array(z.number());
/** What a trainer stores: columns by path index. */
const columnsFile = z.strictObject({
  losses: column,
  errors: column.nullable(),
  kl: column.nullable(),
  top1: column.nullable(),
});

/**
 * The ratings of a cell from the file that holds their columns, with the costs and names of the paths.
 *
 * @throws DomainError BAD_INPUT when the file is something else
 */
export async function rateResultOf(
  { searchId, cellId }: JobRow,
  sha256: string,
  { database, artifacts }: Pick<Context, 'database' | 'artifacts'>,
): Promise<RateResult> {
  const [search, dataset, cell] = await Promise.all([
    readSearch(database, searchId),
    datasetOf(database, searchId),
    readCell(database, cellId ?? ''),
  ]);
  if (search === null || dataset === null || cell === null) {
    throw new Error(`the cell ${cellId} is rated before its search is known`);
  }
  const { block, index, candidateCount } = cell;
  const columns = readColumns(await artifacts.get(sha256), candidateCount);
  const space = cachedSpace(search.spec.space);
  const task = { inputSize: dataset.size, classes: dataset.classes.length };
  const [before] = boundaryShapes(space, task)[block] ?? [];
  if (before === undefined) throw new Error(`there is nothing before block ${block}`);
  return {
    ...columns,
    costs: cellCosts(space, block, index, before.channels, before.size),
    paths: columns.losses.map((_, path) => printPath(pathFromIndex(space, block, index, path))),
  };
}

function readColumns(bytes: Uint8Array, length: number): z.infer<typeof columnsFile> {
  const wrong = (reason: string): never => {
    throw new DomainError('BAD_INPUT', `The file of columns ${reason}.`, {
      path: ['result', 'rate', 'columns'],
    });
  };
  const parsed = columnsFile.safeParse(parseJson(bytes));
  if (!parsed.success) return wrong('has not the form { losses, errors, kl, top1 } in JSON');
  for (const [name, values] of Object.entries(parsed.data)) {
    if (values !== null && values.length !== length) {
      wrong(`has ${values.length} ${name} for ${length} paths`);
    }
  }
  return parsed.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
