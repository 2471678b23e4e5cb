// `npm run native`: sets up, shows, tests or removes the engines "tensorflow" and "webgpu".

import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  nativeFolder,
  readNativeRecord,
  tensorflowFolder,
} from '../../packages/engine/src/index.ts';
import { findGpus } from './driver.ts';
import { readNativeFlags } from './flags.mjs';
import { Refusal } from './refusal.ts';
import { testNative } from './report.ts';
import { setUp } from './set-up.ts';
import { setUpWebgpu } from './set-up-webgpu.ts';

const core = path.resolve(
  import.meta.dirname,
  '../../packages/engine/node_modules/@tensorflow/tfjs-core',
);

const webgpuFolder = path.join(nativeFolder(), 'webgpu');

process.exitCode = await main(process.argv.slice(2));

/** Exit status: 0 when what was asked for is so, 1 when it is not, 2 for a wrong flag. */
async function main(args: readonly string[]): Promise<number> {
  const flags = readNativeFlags(args, process.env.INIT_CWD ?? process.cwd());
  if ('wrong' in flags) {
    console.error(flags.wrong);
    return 2;
  }
  try {
    switch (flags.action) {
      case 'remove':
        return remove(flags.engine === 'webgpu' ? webgpuFolder : tensorflowFolder());
      case 'check':
        return (await check(flags.engine)) ? 0 : 1;
      default: {
        const { source, gpu, buildOnly } = flags;
        const { env, platform } = process;
        const say = console.log;
        const { engine } = flags;
        if (engine === 'webgpu') {
          await setUpWebgpu({ folder: webgpuFolder, platform, arch: process.arch, say });
        } else {
          const folder = tensorflowFolder();
          await setUp({ folder, core, source, gpu, buildOnly, platform, env, say });
        }
        if (!buildOnly && !(await testNative(engine, say))) return 1;
        say(`The engine "${engine}" is set up. ENGINE=${engine} chooses it.`);
        return 0;
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    return 1;
  }
}

function remove(folder: string): number {
  const there = existsSync(folder);
  rmSync(folder, { recursive: true, force: true });
  console.log(there ? `Removed ${folder}.` : 'There was nothing to remove.');
  return 0;
}

async function check(engine: 'tensorflow' | 'webgpu'): Promise<boolean> {
  if (engine === 'webgpu') return await testNative(engine, console.log);
  const record = readRecord();
  console.log(`${record.package} ${record.packageVersion}`);
  const version = record.tensorflowVersion ?? 'of an unknown version';
  console.log(`TensorFlow ${version} in ${record.tensorflowFolder}`);
  if (record.gpu) for (const gpu of await findGpus(process.env)) console.log(gpu);
  return await testNative(engine, console.log);
}

function readRecord() {
  try {
    return readNativeRecord(tensorflowFolder());
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}
