import { DomainError } from '@blockwise/contracts';
import { ClientError } from '../client-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * An expected failure as one line, with its exit status: 2 for a command line that makes no sense,
 * 1 for what was refused or could not be done. Anything else is a bug and thrown again.
 */
export function refusalOf(error: unknown): { line: string; status: number } {
  if (error instanceof UsageError) return { line: error.message, status: 2 };
  if (error instanceof ClientError || error instanceof DomainError) {
    const where = error.path.length === 0 ? '' : ` (${error.path.join('.')})`;
    return { line: `${error.code}: ${error.message}${where}`, status: 1 };
  }
  throw error;
}
