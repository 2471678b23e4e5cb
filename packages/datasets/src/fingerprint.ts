import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import { cifar10TestFile, cifar10TrainFiles } from './cifar10.ts';
import { systemErrorCode } from './not-found.ts';
import { proceduralVersion } from './procedural/procedural.ts';

/**
 * A key, hex, that changes when a source may give other images: for CIFAR-10 its files' names, sizes
 * and times of change, for the procedural set its numbers. Nothing is opened, so a file replaced by
 * one of equal size and time is not noticed.
 *
 * @throws DomainError as `checkSource`
 */
export async function sourceFingerprint(
  source: Exclude<DatasetSource, { kind: 'imageFolder' }>,
): Promise<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  add(source.kind);
  switch (source.kind) {
    case 'procedural': {
      const { seed, classes, size, trainPerClass, testPerClass } = source;
      add([proceduralVersion, seed, classes, size, trainPerClass, testPerClass]);
      break;
    }
    case 'cifar10': {
      const root = resolve(source.path);
      add(root);
      for (const file of [...cifar10TrainFiles, cifar10TestFile]) add(await fileLine(root, file));
      break;
    }
    default:
      return source satisfies never;
  }
  return hash.digest('hex');
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
