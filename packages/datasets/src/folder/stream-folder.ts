import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatasetInfo, datasetInfo } from '@blockwise/contracts';
import type { LoadOptions, OpenDataset, StreamedSet } from '../dataset.ts';
import { eachAtOnce } from '../each-at-once.ts';
import { systemErrorCode } from '../not-found.ts';
import { measuredPositions, ValueCounts } from '../statistics.ts';
import { putWholeFile } from '../whole-file.ts';
import { type FolderIndex, folderHash } from './folder-index.ts';
import { decodesAtOnce, describeFolder, streamedParts } from './image-folder.ts';
import { readStreamed } from './read-streamed.ts';
import { recallBroken } from './rejected-record.ts';

type Colours = Pick<DatasetInfo, 'mean' | 'std'>;

/**
 * Opens a folder whose images are decoded when they are used. The first time some are decoded for
 * the mean colour; that, and files found broken, are kept in the cache folder.
 *
 * @throws DomainError DATASET_CORRUPT at `dataset.path`
 */
export async function streamFolder(
  index: FolderIndex,
  size: number,
  options: LoadOptions & { readonly cacheFolder: string; readonly indexFile: string },
): Promise<OpenDataset> {
  const stem = join(options.cacheFolder, folderHash(index, size));
  const files = { recordFile: `${stem}.rejected`, indexFile: options.indexFile };
  const parts = streamedParts(index, size, files);
  const rejected = await recallBroken([parts.train.files, parts.test.files]);
  const colours = await coloursOf(parts.train, `${stem}.colours`, options);
  return { info: describeFolder(index, size, { ...colours, rejected }), ...parts };
}

async function coloursOf(
  train: StreamedSet,
  file: string,
  { signal, onProgress }: LoadOptions,
): Promise<Colours> {
  const stored = await storedColours(file);
  if (stored) return stored;
  const counts = new ValueCounts();
  const positions = measuredPositions(train.count);
  let done = 0;
  await eachAtOnce(
    positions.length,
    decodesAtOnce,
    async (i) => {
      counts.add(await readStreamed(train, positions[i] as number));
      onProgress?.({ done: ++done, total: positions.length, what: 'colours measured' });
    },
    signal,
  );
  const colours = counts.statistics();
  await putWholeFile(file, (temporary) => writeFile(temporary, JSON.stringify(colours)));
  return colours;
}

/** Null when they are not there, or not whole. */
async function storedColours(file: string): Promise<Colours | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'));
    return datasetInfo.pick({ mean: true, std: true }).safeParse(stored).data ?? null;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
