import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { datasetInfo } from '@blockwise/contracts';
import { contentHash } from './content-hash.ts';
import { allocateImages, type Dataset, type ImageSet, imageBytes } from './dataset.ts';
import { systemErrorCode } from './not-found.ts';

/*
 * Layout: the magic text, the header's length (32 bits, little endian), the header's SHA-256, the
 * header (`DatasetInfo` as JSON), then the training part's images and labels and the test part's.
 * `info.hash` covers images, labels and classes; the header's own hash covers the rest.
 */
const magic = Buffer.from('blockwise data 1');
const preambleBytes = magic.length + 4 + 32;
const maxHeaderBytes = 2 ** 28;
/** One read or write call takes less than 2 GiB. */
const chunkBytes = 2 ** 28;

export type CacheRead =
  | { readonly kind: 'found'; readonly dataset: Dataset }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Writes a new file and flushes it to disk. Fails when the path exists. */
export async function writeCacheFile(path: string, dataset: Dataset): Promise<void> {
  const header = Buffer.from(JSON.stringify(dataset.info));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const file = await open(path, 'wx');
  try {
    const parts = [magic, length, sha256(header), header, ...blocks(dataset)];
    for (const part of parts) {
      for (let start = 0; start < part.length; start += chunkBytes) {
        await file.writeFile(part.subarray(start, start + chunkBytes));
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reads a stored data set and proves that it is whole: lengths, header and content hash. */
export async function readCacheFile(path: string): Promise<CacheRead> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { kind: 'absent' };
    throw error;
  }
  try {
    return await readOpened(file);
  } finally {
    await file.close();
  }
}

async function readOpened(file: FileHandle): Promise<CacheRead> {
  const { size: fileBytes } = await file.stat();
  const preamble = Buffer.alloc(preambleBytes);
  if (!(await fill(file, preamble, 0))) return damaged('it ends within its preamble');
  if (!preamble.subarray(0, magic.length).equals(magic)) return damaged('it has another format');
  const headerBytes = preamble.readUInt32LE(magic.length);
  if (headerBytes > Math.min(maxHeaderBytes, fileBytes)) return damaged('its header is cut off');
  const header = Buffer.alloc(headerBytes);
  if (!(await fill(file, header, preambleBytes))) return damaged('its header is cut off');
  if (!sha256(header).equals(preamble.subarray(magic.length + 4))) {
    return damaged('its header does not match its hash');
  }
  // The header is as it was written; an older version of this program may have written another one.
  const parsed = datasetInfo.safeParse(JSON.parse(header.toString()));
  if (!parsed.success) return damaged('its header has another form');
  const info = parsed.data;
  const labelBytes = info.classes.length <= 256 ? 1 : 2;
  const images = info.trainCount + info.testCount;
  if (fileBytes !== preambleBytes + headerBytes + images * (imageBytes(info.size) + labelBytes)) {
    return damaged('it has the wrong length');
  }
  const train = allocateImages(info.trainCount, info.size, info.classes.length);
  const test = allocateImages(info.testCount, info.size, info.classes.length);
  const dataset = { info, train, test };
  let position = preambleBytes + headerBytes;
  for (const block of blocks(dataset)) {
    if (!(await fill(file, block, position))) return damaged('it ends too early');
    position += block.length;
  }
  if (contentHash(info.classes, train, test) !== info.hash) {
    return damaged('its content does not match its hash');
  }
  return { kind: 'found', dataset };
}

/** Reads exactly `target.length` bytes from `position` on; false when the file ends before. */
async function fill(file: FileHandle, target: Uint8Array, position: number): Promise<boolean> {
  let done = 0;
  while (done < target.length) {
    const length = Math.min(chunkBytes, target.length - done);
    const { bytesRead } = await file.read(target, done, length, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

function blocks({ train, test }: { train: ImageSet; test: ImageSet }): Uint8Array[] {
  return [train, test].flatMap(({ images, labels }) => [
    images,
    new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength),
  ]);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function damaged(reason: string): CacheRead {
  return { kind: 'damaged', reason };
}
