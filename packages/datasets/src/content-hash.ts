import { createHash, type Hash } from 'node:crypto';
import type { ImageSet } from './dataset.ts';

/** One update call takes less than 2 GiB. */
const chunkBytes = 2 ** 28;

/**
 * SHA-256, hex, of the class list, the decoded pixels and the labels of both parts.
 * File names, the folder's place and the width in which labels are stored do not enter.
 */
export function contentHash(classes: readonly string[], train: ImageSet, test: ImageSet): string {
  const hash = createHash('sha256');
  const { size } = train;
  const head = { format: 1, size, classes, trainCount: train.count, testCount: test.count };
  hash.update(`${JSON.stringify(head)}\n`);
  for (const part of [train, test]) {
    updateInChunks(hash, part.images);
    updateInChunks(hash, littleEndian16(part.labels));
  }
  return hash.digest('hex');
}

function updateInChunks(hash: Hash, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    hash.update(bytes.subarray(start, start + chunkBytes));
  }
}

function littleEndian16(labels: Uint8Array | Uint16Array): Uint8Array {
  const bytes = new Uint8Array(labels.length * 2);
  labels.forEach((label, i) => {
    bytes[2 * i] = label & 255;
    bytes[2 * i + 1] = label >> 8;
  });
  return bytes;
}
