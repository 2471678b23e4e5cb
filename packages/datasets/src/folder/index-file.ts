import { type BlockFileRead, bytesOf, readBlockFile, writeBlockFile } from '../block-file.ts';
import { putWholeFile } from '../whole-file.ts';
import type { FolderIndex } from './folder-index.ts';
import { allocatePart, fileCount, type PartExtent, type PartFiles } from './part-files.ts';

/** Its number changes with the form of the header or the blocks. */
const magic = 'blockwise files1';

interface IndexHeader extends Pick<FolderIndex, 'root' | 'classes' | 'lookedAt'> {
  readonly train: PartExtent;
  readonly test: PartExtent;
}

/** Stores an index under a path, which may have one. */
export async function writeIndexFile(path: string, index: FolderIndex): Promise<void> {
  const { root, classes, lookedAt, train, test } = index;
  const extents = { train: extentOf(train), test: extentOf(test) };
  const header: IndexHeader = { root, classes, lookedAt, ...extents };
  await putWholeFile(path, (temporary) =>
    writeBlockFile(temporary, magic, header, blocksOf(index)),
  );
}

/** Reads an index and proves that it is whole. Whether the folder is still like this is another question. */
export async function readIndexFile(path: string): Promise<BlockFileRead<FolderIndex>> {
  return await readBlockFile(path, magic, (header) => {
    const { root, classes, lookedAt, ...extents } = header as IndexHeader;
    const train = allocatePart(extents.train, classes);
    const test = allocatePart(extents.test, classes);
    const folderTimes = new Float64Array(2 * classes.length);
    const content = { root, classes, lookedAt, train, test, folderTimes };
    return { blocks: blocksOf(content), content };
  });
}

function extentOf(files: PartFiles): PartExtent {
  return { part: files.part, count: fileCount(files), nameBytes: files.names.length };
}

function blocksOf({ folderTimes, train, test }: FolderIndex): Uint8Array[] {
  return [folderTimes, ...arraysOf(train), ...arraysOf(test)].map(bytesOf);
}

function arraysOf({ classStarts, nameStarts, names, sizes, times, digests }: PartFiles) {
  return [classStarts, nameStarts, names, sizes, times, digests];
}
