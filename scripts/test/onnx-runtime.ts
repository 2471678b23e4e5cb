import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, runTool } from './steps.ts';

const version = '1.30.0';

/** `packages/engine/src/export/testing/onnx-runtime.ts` looks for it here. */
const folder = path.join(root, 'node_modules/.blockwise/onnxruntime');

/**
 * Installs onnxruntime-node beside the platform, where it is missing: tests of exported models run
 * it, and 300 MB are too much for a dependency. Its own script would download as much for CUDA.
 *
 * @returns why it could not be had, or null
 */
export async function installOnnxRuntime(): Promise<string | null> {
  const installed = path.join(folder, 'node_modules/onnxruntime-node/package.json');
  if (existsSync(installed)) return null;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const { code, log } = await runTool(
    'npm',
    [
      ...['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'],
      `onnxruntime-node@${version}`,
    ],
    folder,
  );
  if (code === 0) return null;
  const reason = log.trim().split('\n')[0] ?? '';
  return `Tests with ONNX Runtime were skipped: it could not be installed (${reason}).`;
}
