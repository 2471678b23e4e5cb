import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.ts';
import { complaint, findProgram, run } from './run.ts';
import type { Tensorflow } from './tensorflow-files.ts';

/**
 * The compiler: CXX, or the first of the usual ones on the PATH.
 *
 * @throws Refusal when there is none
 */
export function findCompiler(env: NodeJS.ProcessEnv): string {
  const names = env.CXX ? [env.CXX] : ['c++', 'g++', 'clang++'];
  for (const name of names) {
    const file = findProgram(name, env);
    if (file !== null) return file;
  }
  throw new Refusal(
    `There is no C++ compiler: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not on the PATH (on Debian and Ubuntu: apt-get install g++).`,
  );
}

interface Build {
  readonly compiler: string;
  /** Folder of the tfjs-node package. */
  readonly tfjsNode: string;
  /** Folder of Node-API's headers: they are the same for every Node. */
  readonly nodeHeaders: string;
  readonly tensorflow: Tensorflow;
  /** The binding to be written. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Compiles tfjs-node's binding, two files, against a TensorFlow. Without node-gyp: the binding uses
 * Node-API alone, so neither Node's headers nor make nor Python are needed.
 *
 * @throws Refusal with the compiler's complaint
 */
export async function compileBinding(build: Build): Promise<void> {
  const { compiler, tfjsNode, nodeHeaders, tensorflow, output, env } = build;
  const folder = path.dirname(output);
  mkdirSync(folder, { recursive: true });
  const sources = path.join(tfjsNode, 'binding');
  const backend = path.join(folder, 'tfjs_backend.cc');
  writeFileSync(
    backend,
    oneSetPerThread(readFileSync(path.join(sources, 'tfjs_backend.cc'), 'utf8')),
  );
  const args = [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
    ...['-I', nodeHeaders, '-I', sources, '-I', tensorflow.include],
    ...[backend, path.join(sources, 'tfjs_binding.cc'), '-o', output],
    ...linkArguments(tensorflow, folder),
  ];
  const compiled = await run(compiler, args, { env });
  if (!compiled.ok) {
    const version = tensorflow.version ?? 'of an unknown version';
    throw new Refusal(
      `The binding does not compile against TensorFlow ${version} in ${tensorflow.folder}: ${complaint(compiled)}`,
    );
  }
}

/**
 * Names of attributes are kept in one set for the whole process, unguarded; two compute threads that
 * add to it at once destroy it.
 */
function oneSetPerThread(source: string): string {
  const shared = 'static std::set<std::string> ATTR_NAME_SET;';
  if (!source.includes(shared)) {
    throw new Error('tfjs-node keeps its attribute names elsewhere than the set-up knows.');
  }
  return source.replace(shared, shared.replace('static', 'static thread_local'));
}

/** How the binding finds its libraries when it is loaded, without LD_LIBRARY_PATH. */
export function linkArguments(tensorflow: Tensorflow, outputFolder: string): string[] {
  const { libraries, cudaLibraries } = tensorflow;
  const folders = new Set([...libraries, ...cudaLibraries].map((file) => path.dirname(file)));
  return [
    ...libraries,
    // Nothing in the binding calls them: TensorFlow does, later.
    ...(cudaLibraries.length > 0 ? ['-Wl,--no-as-needed', ...cudaLibraries] : []),
    ...[...folders].map((folder) => `-Wl,-rpath,${loadFolder(folder, outputFolder)}`),
  ];
}

// What lies in the native folder moves with it.
function loadFolder(folder: string, outputFolder: string): string {
  const relative = path.relative(path.dirname(outputFolder), folder);
  return relative.startsWith('..') ? folder : `$ORIGIN/../${relative}`;
}
