import { datasetInfo } from '@blockwise/contracts';
import { type BlockFileRead, bytesOf, readBlockFile, writeBlockFile } from './block-file.ts';
import { allocateImages, type Dataset } from './dataset.ts';

const magic = 'blockwise data 2';

/** Writes a decoded copy to a new file. Fails when the path exists. */
export async function writeCacheFile(path: string, dataset: Dataset): Promise<void> {
  await writeBlockFile(path, magic, dataset.info, blocks(dataset));
}

/** Reads a decoded copy and proves that it is whole. */
export async function readCacheFile(path: string): Promise<BlockFileRead<Dataset>> {
  return await readBlockFile(path, magic, (header) => {
    const parsed = datasetInfo.safeParse(header);
    if (!parsed.success) return null;
    const info = parsed.data;
    const { size, classes } = info;
    const train = allocateImages(info.trainCount, size, classes.length);
    const test = allocateImages(info.testCount, size, classes.length);
    const content = { info, train, test };
    return { blocks: blocks(content), content };
  });
}

/** The training part's images and labels, then the test part's. */
function blocks({ train, test }: Pick<Dataset, 'train' | 'test'>): Uint8Array[] {
  return [train, test].flatMap(({ images, labels }) => [images, bytesOf(labels)]);
}
