import { DomainError } from '@blockwise/contracts';

/** The data is not where the source says, or not in the layout that it names. */
export function datasetNotFound(message: string, cause?: unknown): DomainError {
  return new DomainError('DATASET_NOT_FOUND', message, { path: ['dataset', 'path'], cause });
}

/** What says that a file is broken for good; anything else may pass: too many open files, a failing disk. */
const lastingCodes: readonly (string | undefined)[] = [
  'ENOENT',
  'EACCES',
  'EPERM',
  'ELOOP',
  'EISDIR',
];

/** Whether a file that failed so will fail so again. */
export function isLastingFault(code: string | undefined): boolean {
  return lastingCodes.includes(code);
}

/** The operating system's code of a failed file operation (`ENOENT`), if the error is one. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
