import { type DatasetInfo, DomainError } from '@blockwise/contracts';

type Rejected = DatasetInfo['rejected'][number];

/** Enough to see what the damaged files have in common, and few enough to be read. */
const namesShown = 100;

/** The data is there but is not what it should be. */
export function corruptDataset(message: string): DomainError {
  return new DomainError('DATASET_CORRUPT', message, { path: ['dataset', 'path'] });
}

/** More than 1 % of the files do not decode: `count` of `total`, some of them named. */
export function tooManyBroken(
  root: string,
  rejected: readonly Rejected[],
  total: number,
  count: number = rejected.length,
): DomainError {
  const named = rejected.slice(0, namesShown).map(({ file, reason }) => `${file} (${reason})`);
  const more = rejected.length > namesShown ? ` and ${rejected.length - namesShown} more` : '';
  return corruptDataset(
    `${count} of ${total} files in ${root} do not decode, more than 1 %: ${named.join(', ')}${more}`,
  );
}

/** No image is left of some classes. */
export function noneDecodes(root: string, part: string, classes: readonly string[]): DomainError {
  return corruptDataset(`no file decodes in ${part}/ of ${root} for: ${classes.join(', ')}`);
}
