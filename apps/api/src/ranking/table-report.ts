import { DomainError } from '@blockwise/contracts';
import { type RankReport, spaceOf, type Task } from '@blockwise/dna';
import { under } from '../input-issues.ts';
import type { Solver } from '../solving/solver.ts';
import { type RankAsked, rankOptions } from './rank-options.ts';

/** A table in one of its forms; exactly one is there. */
interface TableSource {
  readonly csv?: string | null | undefined;
  readonly json?: string | null | undefined;
}

/** @throws DomainError BAD_INPUT or SPACE_SYNTAX with the place in the table */
export async function tableReport(
  { csv, json }: TableSource,
  { space, task, options }: { space?: string | undefined; task: Task; options: RankAsked },
  solver: Solver,
): Promise<RankReport> {
  const format = typeof csv === 'string' ? 'csv' : 'json';
  const read = space === undefined ? undefined : under(['space'], () => spaceOf(space));
  const reading = { task, space: read };
  try {
    return await solver.run(
      'tableReport',
      csv ?? json ?? '',
      format,
      reading,
      rankOptions(options),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.path[0] !== 'table') throw error;
    const path = ['table', format, ...error.path.slice(1)];
    throw new DomainError(error.code, error.message, { path, cause: error });
  }
}
