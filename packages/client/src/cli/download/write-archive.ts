import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExportFormat } from '@blockwise/contracts';
import { unzipSync } from 'fflate';
import { UsageError } from '../usage-error.ts';

/** A file that every archive of a format has, by which one is recognised in a folder. */
const markers: Record<ExportFormat, string> = {
  architecture: 'architecture.txt',
  safetensors: 'network.safetensors',
  pytorch: 'network.py',
  onnx: 'network.onnx',
  tfjs: 'model.json',
};

/**
 * Sees before anything is computed whether an archive of the format was written there already.
 *
 * @throws UsageError
 */
export async function checkWritable(folder: string, format: ExportFormat): Promise<void> {
  const names = await namesIn(folder);
  if (names.includes(markers[format])) throw isThere(path.join(folder, markers[format]));
}

/**
 * Writes the files of an archive into a folder, which is made where it is missing; all or, where
 * another one of a name is there already, none.
 *
 * @returns their paths
 * @throws UsageError when a file is there already and not to be overwritten, or cannot be written
 */
export async function writeArchive(
  archive: Uint8Array,
  folder: string,
  { force }: { readonly force: boolean },
): Promise<string[]> {
  const files = Object.entries(unzipSync(archive));
  const inside = files.find(([name]) => path.basename(name) !== name);
  if (inside !== undefined)
    throw new Error(`The archive names ${inside[0]}, which is no file name.`);
  const names = await namesIn(folder);
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    // Formats of one network share files: network.json, the weights.
    if (force || !names.includes(name)) continue;
    if (Buffer.compare(await readFile(file), bytes) !== 0) throw isThere(file);
  }
  const paths: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of files) {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      paths.push(file);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${folder} cannot be written: ${reason}`, { cause: error });
  }
  return paths;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${folder} cannot be written: ${reason}`, { cause: error });
  }
}

function isThere(file: string): UsageError {
  return new UsageError(`${file} is there already; --force overwrites it.`);
}
