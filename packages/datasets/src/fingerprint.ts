import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import sharp from 'sharp';
import { cifar10TestFile, cifar10TrainFiles } from './cifar10.ts';
import { decodingVersion } from './folder/decode.ts';
import { listImageFolder } from './folder/listing.ts';
import { systemErrorCode } from './not-found.ts';
import { proceduralVersion } from './procedural/procedural.ts';

/** Files asked for size and time at once. */
const statsAtOnce = 256;

/**
 * A key, hex, that changes when a source may give other images: for files their names, sizes and
 * times of change and the decoder's version; for the procedural set its numbers. Nothing is opened,
 * so a file replaced by one of equal size and time is not noticed.
 *
 * @throws DomainError as `checkSource`
 */
export async function sourceFingerprint(source: DatasetSource): Promise<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  add(source.kind);
  switch (source.kind) {
    case 'procedural': {
      const { seed, classes, size, trainPerClass, testPerClass } = source;
      add([proceduralVersion, seed, classes, size, trainPerClass, testPerClass]);
      break;
    }
    case 'imageFolder': {
      const { root, classes, train, test } = await listImageFolder(source.path);
      add([root, source.size, classes, decodingVersion, sharp.versions.vips]);
      for await (const line of fileLines(
        root,
        [...train, ...test].map(({ file }) => file),
      ))
        add(line);
      break;
    }
    case 'cifar10': {
      const root = resolve(source.path);
      add(root);
      for await (const line of fileLines(root, [...cifar10TrainFiles, cifar10TestFile])) add(line);
      break;
    }
    default:
      return source satisfies never;
  }
  return hash.digest('hex');
}

async function* fileLines(root: string, files: readonly string[]): AsyncGenerator<string[]> {
  for (let start = 0; start < files.length; start += statsAtOnce) {
    const some = files.slice(start, start + statsAtOnce);
    yield* await Promise.all(some.map((file) => fileLine(root, file)));
  }
}

async function fileLine(root: string, file: string): Promise<string[]> {
  try {
    const { size, mtimeNs } = await stat(join(root, file), { bigint: true });
    return [file, String(size), String(mtimeNs)];
  } catch (error) {
    // A dangling link, or a file that has just gone: loading will name it.
    if (systemErrorCode(error) === 'ENOENT') return [file, 'missing'];
    throw error;
  }
}
