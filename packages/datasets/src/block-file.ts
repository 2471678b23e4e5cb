import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { systemErrorCode } from './not-found.ts';

/*
 * Layout: 16 bytes that say what the file holds, the header's length (32 bits, little endian), the
 * header's SHA-256, the blocks' SHA-256, the header (JSON), then the blocks one after the other.
 */
const magicBytes = 16;
const preambleBytes = magicBytes + 4 + 32 + 32;
const maxHeaderBytes = 2 ** 28;
/** One read, write or hash call takes less than 2 GiB. */
const chunkBytes = 2 ** 28;

export type BlockFileRead<T> =
  | { readonly kind: 'found'; readonly content: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** What a header announces: memory for each block, to be filled, and what the whole then is. */
export interface BlockLayout<T> {
  readonly blocks: readonly Uint8Array[];
  readonly content: T;
}

/** Writes a new file and flushes it to disk. Fails when the path exists. */
export async function writeBlockFile(
  path: string,
  magic: string,
  header: unknown,
  blocks: readonly Uint8Array[],
): Promise<void> {
  const headerBytes = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(headerBytes.length);
  const start = [magicOf(magic), length, sha256([headerBytes]), sha256(blocks), headerBytes];
  const file = await open(path, 'wx');
  try {
    for (const part of [...start, ...blocks]) {
      for (const chunk of chunksOf(part)) await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Reads a stored file and proves that it is whole: lengths, header and blocks.
 *
 * @param layoutOf from the parsed header; null when it has another form
 */
export async function readBlockFile<T>(
  path: string,
  magic: string,
  layoutOf: (header: unknown) => BlockLayout<T> | null,
): Promise<BlockFileRead<T>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { kind: 'absent' };
    throw error;
  }
  try {
    return await readOpened(file, magic, layoutOf);
  } finally {
    await file.close();
  }
}

async function readOpened<T>(
  file: FileHandle,
  magic: string,
  layoutOf: (header: unknown) => BlockLayout<T> | null,
): Promise<BlockFileRead<T>> {
  const { size: fileBytes } = await file.stat();
  const preamble = Buffer.alloc(preambleBytes);
  if (!(await fill(file, preamble, 0))) return damaged('it ends within its preamble');
  if (!preamble.subarray(0, magicBytes).equals(magicOf(magic))) {
    return damaged('it has another format');
  }
  const headerBytes = preamble.readUInt32LE(magicBytes);
  if (headerBytes > Math.min(maxHeaderBytes, fileBytes)) return damaged('its header is cut off');
  const header = Buffer.alloc(headerBytes);
  if (!(await fill(file, header, preambleBytes))) return damaged('its header is cut off');
  const hashes = preamble.subarray(magicBytes + 4);
  if (!sha256([header]).equals(hashes.subarray(0, 32))) {
    return damaged('its header does not match its hash');
  }
  // The header is as it was written; an older version of this program may have written another one.
  const layout = layoutOf(JSON.parse(header.toString()));
  if (layout === null) return damaged('its header has another form');
  const { blocks, content } = layout;
  const blockBytes = blocks.reduce((sum, block) => sum + block.length, 0);
  if (fileBytes !== preambleBytes + headerBytes + blockBytes) {
    return damaged('it has the wrong length');
  }
  let position = preambleBytes + headerBytes;
  for (const block of blocks) {
    if (!(await fill(file, block, position))) return damaged('it ends too early');
    position += block.length;
  }
  if (!sha256(blocks).equals(hashes.subarray(32))) {
    return damaged('its content does not match its hash');
  }
  return { kind: 'found', content };
}

/** The bytes of a typed array. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
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

function magicOf(magic: string): Buffer {
  const bytes = Buffer.from(magic);
  if (bytes.length !== magicBytes) throw new Error(`"${magic}" is not ${magicBytes} bytes long`);
  return bytes;
}

function sha256(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) {
    for (const chunk of chunksOf(part)) hash.update(chunk);
  }
  return hash.digest();
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
  }
}

function damaged(reason: string): { kind: 'damaged'; reason: string } {
  return { kind: 'damaged', reason };
}
