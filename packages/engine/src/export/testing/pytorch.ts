import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExportFiles } from '../archive.ts';

const python = process.env.BLOCKWISE_PYTHON ?? 'python3';

export const pytorchMissing =
  spawnSync(python, ['-c', 'import torch']).status === 0
    ? null
    : `${python} has no PyTorch; BLOCKWISE_PYTHON names another Python`;

/** Loads every folder's module, from outside of it, and runs it as a program too. */
const script = `
import array, contextlib, os, runpy, sys
import torch
for folder in sorted(os.listdir(".")):
    path = os.path.join(folder, "network.py")
    module = runpy.run_path(path)
    x = array.array("f", open(os.path.join(folder, "x.bin"), "rb").read())
    size = module["IMAGE_SIZE"]
    with torch.no_grad():
        logits = module["load"]()(torch.tensor(x).reshape(-1, 3, size, size))
    array.array("f", logits.flatten().tolist()).tofile(
        open(os.path.join(folder, "logits.bin"), "wb")
    )
    sys.argv = [path]
    with open(os.path.join(folder, "printed.json"), "w", encoding="utf-8") as printed:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(path, run_name="__main__")
`;

interface Exported {
  readonly files: ExportFiles;
  /** Images [count, 3, size, size]. */
  readonly x: Float32Array;
}

interface Answer {
  /** [count, classes]. */
  readonly logits: Float32Array;
  /** The logits of an image of zeros, by class. */
  readonly printed: Record<string, number>;
}

/** What exported module files compute, all in one Python: PyTorch takes seconds to start. */
export async function pytorchAnswers(exported: readonly Exported[]): Promise<Answer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'blockwise-pytorch-'));
  const folders = exported.map((_, i) => join(folder, String(i).padStart(3, '0')));
  try {
    for (const [i, { files, x }] of exported.entries()) {
      const own = folders[i] as string;
      await mkdir(own);
      for (const [name, bytes] of files) await writeFile(join(own, name), bytes);
      await writeFile(join(own, 'x.bin'), new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
    }
    await promisify(execFile)(python, ['-W', 'error', '-c', script], { cwd: folder });
    return await Promise.all(folders.map(readAnswer));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readAnswer(folder: string): Promise<Answer> {
  const bytes = Uint8Array.from(await readFile(join(folder, 'logits.bin')));
  const printed = await readFile(join(folder, 'printed.json'), 'utf8');
  return {
    logits: new Float32Array(bytes.buffer),
    printed: JSON.parse(printed) as Record<string, number>,
  };
}
