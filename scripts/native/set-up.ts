import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type NativeRecord,
  nativeBindingFile,
  nativeRecordFile,
} from '../../packages/engine/src/index.ts';
import { compileBinding, findCompiler } from './compiler.ts';
import { findGpus } from './driver.ts';
import { findTensorflow } from './find-tensorflow.ts';
import type { Source } from './flags.mjs';
import { installPackages, nodeHeadersPackage, tfjsPackage } from './packages.ts';
import { Refusal } from './refusal.ts';

export interface SetUp {
  /** Where all of it goes. */
  readonly folder: string;
  /** The platform's @tensorflow/tfjs-core, as packages/engine sees it. */
  readonly core: string;
  readonly source: Source;
  readonly gpu: boolean;
  /** Whether the GPU may be on another machine. */
  readonly buildOnly: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Hears what was found and made, a sentence each. */
  readonly say: (line: string) => void;
}

/**
 * Sets up the native engine in a folder, in place of what was set up there before: a set-up that
 * fails leaves none, rather than one of mixed parts.
 *
 * @throws Refusal with one line that says what is missing
 */
export async function setUp(options: SetUp): Promise<NativeRecord> {
  const { folder, core, source, gpu, buildOnly, env, say } = options;
  refusePlatform(options.platform);
  // What takes a moment to find out comes before what takes minutes.
  const compiler = findCompiler(env);
  say(`Compiler: ${compiler}`);
  if (gpu && !buildOnly) {
    for (const [index, line] of (await findGpus(env)).entries()) say(`GPU ${index}: ${line}`);
  }

  const tfjs = tfjsPackage(gpu);
  mkdirSync(folder, { recursive: true });
  rmSync(nativeRecordFile(folder), { force: true });
  await installPackages(folder, core, tfjs);
  say(`Installed ${tfjs.name} ${tfjs.version}`);
  const tfjsNode = path.join(folder, 'node_modules', tfjs.name);

  const tensorflow = await findTensorflow({ source, gpu, folder, tfjsNode, env, say });
  const named = `TensorFlow ${tensorflow.version ?? 'of an unknown version'}`;
  say(`Found ${named} in ${tensorflow.folder}`);

  const output = path.join(folder, nativeBindingFile);
  const nodeHeaders = path.join(folder, 'node_modules', nodeHeadersPackage, 'include');
  await compileBinding({ compiler, tfjsNode, nodeHeaders, tensorflow, output, env });
  say(`Compiled ${output}`);

  const record: NativeRecord = {
    package: tfjs.name,
    packageVersion: tfjs.version,
    gpu,
    tensorflowFolder: tensorflow.folder,
    tensorflowVersion: tensorflow.version,
  };
  writeFileSync(nativeRecordFile(folder), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** @throws Refusal where TensorFlow is not to be had in a form that we can drive */
export function refusePlatform(platform: NodeJS.Platform): void {
  if (platform === 'linux') return;
  throw new Refusal(
    `npm run native sets TensorFlow up on Linux, not on ${platform}; the engines wasm and webgpu run here.`,
  );
}
