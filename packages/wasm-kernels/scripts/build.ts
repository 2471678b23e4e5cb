/**
 * Compiles assembly/ to build/kernels.wasm, unless the binary already there came from the same
 * sources, compiler and options. Run by hand with `pnpm --filter @blockwise/wasm-kernels build`.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const packageFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sourceFolder = path.join(packageFolder, 'assembly');
const buildFolder = path.join(packageFolder, 'build');
const binaryFile = path.join(buildFolder, 'kernels.wasm');
const hashFile = path.join(buildFolder, 'kernels.sha256');

/**
 * Relaxed SIMD is on for its fused multiply-add, which makes a step about a seventh shorter. The
 * memory is tfjs's own, which may grow to any size, so no maximum is declared; nothing may be placed
 * in it, so there is no heap.
 */
const options = [
  '-O3',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--enable',
  'relaxed-simd',
  '--importMemory',
  '--noExportMemory',
  '--noAssert',
  '--use',
  'abort=',
];

const DATA_SECTION = 11;

/** A data segment would be written over tfjs's heap on instantiation. */
function assertNoDataSection(binary: Uint8Array): void {
  let position = 8;
  while (position < binary.length) {
    const section = binary[position++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[position++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (section === DATA_SECTION) {
      throw new Error('kernels.wasm has a data segment, which would overwrite tfjs memory');
    }
    position += size;
  }
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(`${asc.version}\n${options.join(' ')}\n`);
  const names = (await readdir(sourceFolder)).filter((name) => name.endsWith('.ts')).sort();
  for (const name of names) {
    hash.update(`${name}\n`).update(await readFile(path.join(sourceFolder, name)));
  }
  return hash.digest('hex');
}

async function readHash(): Promise<string | null> {
  try {
    await readFile(binaryFile);
    return await readFile(hashFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Builds when needed; concurrent builds are safe, as files are moved into place whole. */
export async function buildKernels(): Promise<'built' | 'up to date'> {
  const hash = await sourceHash();
  if ((await readHash()) === hash) return 'up to date';
  await mkdir(buildFolder, { recursive: true });
  const workFolder = await mkdtemp(path.join(buildFolder, 'work-'));
  try {
    const output = path.join(workFolder, 'kernels.wasm');
    const { error, stderr } = await asc.main([
      path.relative(packageFolder, path.join(sourceFolder, 'index.ts')),
      '--baseDir',
      packageFolder,
      '--outFile',
      path.relative(packageFolder, output),
      ...options,
    ]);
    if (error) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
    assertNoDataSection(await readFile(output));
    const workHash = path.join(workFolder, 'kernels.sha256');
    await writeFile(workHash, hash);
    await rename(output, binaryFile);
    await rename(workHash, hashFile);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return 'built';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`kernels.wasm: ${await buildKernels()}`);
}
