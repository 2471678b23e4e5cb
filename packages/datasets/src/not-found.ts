import { DomainError } from '@blockwise/contracts';

/** The data is not where the source says, or not in the layout that it names. */
export function datasetNotFound(message: string, cause?: unknown): DomainError {
  return new DomainError('DATASET_NOT_FOUND', message, { path: ['dataset', 'path'], cause });
}

/** The operating system's code of a failed file operation (`ENOENT`), if the error is one. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
