import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadLibtensorflow } from './download.ts';
import type { Source } from './flags.mjs';
import { pinnedTensorflow, pipInstall, requirement } from './pip-environment.ts';
import { askPython } from './python.ts';
import { Refusal } from './refusal.ts';
import { inspectTensorflow, type Tensorflow } from './tensorflow-files.ts';

export interface Search {
  readonly source: Source;
  readonly gpu: boolean;
  /** Where the native engine is kept. */
  readonly folder: string;
  /** The tfjs-node package, which knows how to download libtensorflow. */
  readonly tfjsNode: string;
  readonly env: NodeJS.ProcessEnv;
  /** Hears a sentence about each place that was looked at. */
  readonly say: (line: string) => void;
}

/**
 * The TensorFlow to compile against: from the one source that was asked for, or from the first that
 * has one.
 *
 * @throws Refusal with the reason, of each source where several were tried
 */
export async function findTensorflow(search: Search): Promise<Tensorflow> {
  const { source } = search;
  switch (source.kind) {
    case 'folder':
      return inspect(search, source.folder);
    case 'python':
      return await ofPython(search, source.python);
    case 'pip':
      return await fromPip(search);
    case 'download':
      return await fromDownload(search);
    case 'search':
      return await firstOf(search, [
        () => ofPython(search, 'python3'),
        () => fromPip(search),
        () => fromDownload(search),
      ]);
    default:
      return unknownSource(source);
  }
}

async function firstOf(
  { say }: Search,
  attempts: readonly (() => Promise<Tensorflow>)[],
): Promise<Tensorflow> {
  const reasons: string[] = [];
  for (const attempt of attempts) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(error.message);
      reasons.push(error.message);
    }
  }
  throw new Refusal(`No TensorFlow was found or could be had, in ${reasons.length} ways.`);
}

async function ofPython(search: Search, name: string): Promise<Tensorflow> {
  const python = await askPython(name, search.env);
  if (python.tensorflow === null) {
    throw new Refusal(`Python ${python.version} (${python.file}) has no TensorFlow.`);
  }
  return inspect(search, python.tensorflow);
}

async function fromPip(search: Search): Promise<Tensorflow> {
  const { folder, gpu, env, say } = search;
  const venv = path.join(folder, gpu ? 'venv-gpu' : 'venv');
  const inside = path.join(venv, 'bin/python');
  const present = existsSync(inside) ? await askPython(inside, env) : null;
  if (present?.tensorflow) {
    const found = inspect(search, present.tensorflow);
    if (found.version === pinnedTensorflow) return found;
  }
  say(`pip installs ${requirement(gpu)}: this takes minutes …`);
  const installed = await pipInstall(venv, await askPython('python3', env), gpu, env);
  if (installed.tensorflow === null) {
    throw new Refusal(`pip reported success, but ${installed.file} has no TensorFlow.`);
  }
  return inspect(search, installed.tensorflow);
}

async function fromDownload(search: Search): Promise<Tensorflow> {
  const { tfjsNode, gpu, env, say } = search;
  say('tfjs-node downloads libtensorflow …');
  return inspect(search, await downloadLibtensorflow(tfjsNode, gpu, env));
}

function inspect({ gpu }: Search, folder: string): Tensorflow {
  const found = inspectTensorflow(folder);
  if (gpu && found.cuda === false) {
    throw new Refusal(
      `The TensorFlow in ${folder} was built without CUDA: GPUs need the package tensorflow[and-cuda], not tensorflow-cpu.`,
    );
  }
  return found;
}

function unknownSource(source: never): never {
  throw new Error(`Unknown source ${JSON.stringify(source)}.`);
}
