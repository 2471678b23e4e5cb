import type { DatasetInfo, DatasetSource } from '@blockwise/contracts';
import { cifar10Classes, cifar10TestFile, countCifar10, loadCifar10 } from './cifar10.ts';
import type { Dataset, LoadOptions } from './dataset.ts';
import { decodeFolder } from './folder/image-folder.ts';
import { listImageFolder } from './folder/listing.ts';
import { openFolderIndex } from './folder/open-index.ts';
import { loadProcedural, proceduralClasses } from './procedural/procedural.ts';

/** What a cheap look at a source tells. Files that do not decode are still counted here. */
export type SourceSummary = Pick<DatasetInfo, 'classes' | 'trainCount' | 'testCount' | 'testPart'>;

/**
 * Reads and decodes, or draws, a whole data set into memory.
 *
 * @throws DomainError DATASET_NOT_FOUND or DATASET_CORRUPT at `dataset.path`, BAD_INPUT at
 *   `dataset.size` when the decoded images would not fit in memory; the signal's reason when aborted
 */
export async function loadDataset(
  source: DatasetSource,
  options: LoadOptions = {},
): Promise<Dataset> {
  options.signal?.throwIfAborted();
  switch (source.kind) {
    case 'procedural':
      return loadProcedural(source, options);
    case 'imageFolder':
      return decodeFolder(await lookAt(source.path, options), source.size, options);
    case 'cifar10':
      return loadCifar10(source.path, options);
    default:
      return source satisfies never;
  }
}

async function lookAt(path: string, options: LoadOptions) {
  return (await openFolderIndex(path, { ...options, cacheFolder: null })).index;
}

/**
 * Looks whether a source is there and what it holds, from names and sizes, without decoding.
 *
 * @throws DomainError DATASET_NOT_FOUND at `dataset.path`: no folder, no `train/`, no test part, no
 *   class folders, a class without images, or class lists that differ; DATASET_CORRUPT for a
 *   CIFAR-10 file that is cut off
 */
export async function checkSource(source: DatasetSource): Promise<SourceSummary> {
  switch (source.kind) {
    case 'procedural':
      return {
        classes: proceduralClasses(source.classes).map(({ name }) => name),
        trainCount: source.classes * source.trainPerClass,
        testCount: source.classes * source.testPerClass,
        testPart: 'generated',
      };
    case 'imageFolder': {
      const { classes, testPart, train, test } = await listImageFolder(source.path);
      return { classes, trainCount: train.length, testCount: test.length, testPart };
    }
    case 'cifar10': {
      const counts = await countCifar10(source.path);
      return {
        classes: cifar10Classes,
        trainCount: counts.train,
        testCount: counts.test,
        testPart: cifar10TestFile,
      };
    }
    default:
      return source satisfies never;
  }
}
