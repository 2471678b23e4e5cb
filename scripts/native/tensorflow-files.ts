import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.ts';

/** A TensorFlow that the binding can be compiled against. */
export interface Tensorflow {
  /** Holds the libraries. */
  readonly folder: string;
  readonly include: string;
  /** Files that the binding is linked with, TensorFlow's own. */
  readonly libraries: readonly string[];
  /** "2.21.0"; null where its files do not say. */
  readonly version: string | null;
  /** Whether it was built for CUDA; null where its files do not say. */
  readonly cuda: boolean | null;
  /** CUDA's libraries that pip has put beside it. */
  readonly cudaLibraries: readonly string[];
}

/** The first whose C interface has all that tfjs-node 4.22 calls. */
const oldest = [2, 9];
const nextMajor = 3;

/**
 * What is in the folder of an installed TensorFlow.
 *
 * @throws Refusal naming what is missing, or the version that does not fit
 */
export function inspectTensorflow(folder: string): Tensorflow {
  const [library, framework] = libraryFiles(folder);
  const include = path.join(folder, 'include');
  const header = path.join(include, 'tensorflow/c/eager/c_api.h');
  if (!existsSync(header)) throw new Refusal(`TensorFlow's header ${header} is missing.`);
  const version = readVersion(folder, include);
  if (version !== null) refuseVersion(version, folder);
  return {
    folder: path.dirname(library),
    include,
    libraries: [library, framework],
    version,
    cuda: readCuda(folder),
    cudaLibraries: pipCudaLibraries(path.dirname(folder)),
  };
}

/** @throws Refusal for a TensorFlow that the binding does not compile or run against */
export function refuseVersion(version: string, where: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new Refusal(
      `TensorFlow ${version} in ${where} is too old: the binding needs ${oldest.join('.')} or later.`,
    );
  }
  if (major >= nextMajor) {
    throw new Refusal(
      `TensorFlow ${version} in ${where} is too new: the binding is written for TensorFlow ${oldestMajor}.`,
    );
  }
}

// The Python package has both in its folder, libtensorflow in lib/.
function libraryFiles(folder: string): [string, string] {
  if (!existsSync(folder)) throw new Refusal(`There is no folder ${folder}.`);
  const framework = 'libtensorflow_framework.so.2';
  const candidates = [
    path.join(folder, 'libtensorflow_cc.so.2'),
    path.join(folder, 'lib/libtensorflow.so.2'),
  ];
  const library = candidates.find((file) => existsSync(file));
  if (library === undefined) {
    throw new Refusal(
      `${folder} holds no TensorFlow: neither libtensorflow_cc.so.2 nor lib/libtensorflow.so.2 is there.`,
    );
  }
  const beside = path.join(path.dirname(library), framework);
  if (!existsSync(beside)) throw new Refusal(`TensorFlow's library ${beside} is missing.`);
  return [library, beside];
}

function readVersion(folder: string, include: string): string | null {
  const site = path.dirname(folder);
  const info = readdirSync(site).find((name) =>
    /^tensorflow(_cpu|_gpu|_rocm)?-[\d.]+.*\.dist-info$/.test(name),
  );
  const packaged = info?.match(/-(\d+\.\d+\.\d+)/)?.[1];
  if (packaged !== undefined) return packaged;
  const header = path.join(include, 'tensorflow/core/public/version.h');
  const text = existsSync(header) ? readFileSync(header, 'utf8') : '';
  const part = (name: string) => new RegExp(`#define TF_${name}_VERSION (\\d+)`).exec(text)?.[1];
  const parts = [part('MAJOR'), part('MINOR'), part('PATCH')];
  return parts.includes(undefined) ? null : parts.join('.');
}

function readCuda(folder: string): boolean | null {
  const file = path.join(folder, 'python/platform/build_info.py');
  if (!existsSync(file)) return null;
  const found = /is_cuda_build'?, (True|False)/.exec(readFileSync(file, 'utf8'));
  return found === null ? null : found[1] === 'True';
}

/**
 * What TensorFlow opens by name while it runs. The dynamic linker gives it one of that name that is
 * loaded already, so the binding is linked with them and nobody has to set LD_LIBRARY_PATH.
 */
const openedByName =
  /^lib(cudart|cublas|cublasLt|cufft|curand|cusolver|cusparse|cudnn|nccl|nvJitLink|cupti)\.so\.\d+$/;

/** CUDA's libraries as pip installs them: nvidia/PART/lib/libPART.so.N beside TensorFlow. */
function pipCudaLibraries(site: string): string[] {
  const nvidia = path.join(site, 'nvidia');
  if (!existsSync(nvidia)) return [];
  return readdirSync(nvidia).flatMap((part) => {
    const folder = path.join(nvidia, part, 'lib');
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => openedByName.test(name));
    return names.map((name) => path.join(folder, name));
  });
}
