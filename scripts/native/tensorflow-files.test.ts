import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectTensorflow, refuseVersion } from './tensorflow-files.ts';

let site = '';

beforeEach(() => {
  site = mkdtempSync(path.join(tmpdir(), 'site-packages-'));
});

afterEach(() => rmSync(site, { recursive: true, force: true }));

function write(file: string, text = ''): string {
  const full = path.join(site, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

/** The files of a Python package that are looked at. */
function pythonPackage(version: string, cuda: boolean) {
  write(`tensorflow_cpu-${version}.dist-info/METADATA`);
  write('tensorflow/libtensorflow_cc.so.2');
  write('tensorflow/libtensorflow_framework.so.2');
  write('tensorflow/include/tensorflow/c/eager/c_api.h');
  const word = cuda ? 'True' : 'False';
  write('tensorflow/python/platform/build_info.py', `OrderedDict([('is_cuda_build', ${word})])`);
  return path.join(site, 'tensorflow');
}

describe('inspectTensorflow', () => {
  it('reads the Python package', () => {
    const folder = pythonPackage('2.21.0', false);
    expect(inspectTensorflow(folder)).toEqual({
      folder,
      include: path.join(folder, 'include'),
      libraries: [
        path.join(folder, 'libtensorflow_cc.so.2'),
        path.join(folder, 'libtensorflow_framework.so.2'),
      ],
      version: '2.21.0',
      cuda: false,
      cudaLibraries: [],
    });
  });

  it('finds the CUDA that pip has put beside it, and of that what TensorFlow opens', () => {
    const folder = pythonPackage('2.21.0', true);
    const runtime = write('nvidia/cuda_runtime/lib/libcudart.so.12');
    const dnn = write('nvidia/cudnn/lib/libcudnn.so.9');
    write('nvidia/cudnn/lib/libcudnn_graph.so.9');
    write('nvidia/cuda_nvcc/bin/ptxas');
    const { cuda, cudaLibraries } = inspectTensorflow(folder);
    expect(cuda).toBe(true);
    expect([...cudaLibraries].sort()).toEqual([runtime, dnn]);
  });

  it('reads an unpacked libtensorflow', () => {
    write('deps/lib/libtensorflow.so.2');
    write('deps/lib/libtensorflow_framework.so.2');
    write('deps/include/tensorflow/c/eager/c_api.h');
    write(
      'deps/include/tensorflow/core/public/version.h',
      '#define TF_MAJOR_VERSION 2\n#define TF_MINOR_VERSION 9\n#define TF_PATCH_VERSION 1\n',
    );
    const found = inspectTensorflow(path.join(site, 'deps'));
    expect(found).toMatchObject({
      folder: path.join(site, 'deps/lib'),
      version: '2.9.1',
      cuda: null,
    });
  });

  it('names what is missing', () => {
    const folder = path.join(site, 'tensorflow');
    expect(() => inspectTensorflow(folder)).toThrow(`There is no folder ${folder}.`);
    mkdirSync(folder);
    expect(() => inspectTensorflow(folder)).toThrow('neither libtensorflow_cc.so.2 nor');
    write('tensorflow/libtensorflow_cc.so.2');
    expect(() => inspectTensorflow(folder)).toThrow('libtensorflow_framework.so.2 is missing');
    write('tensorflow/libtensorflow_framework.so.2');
    expect(() => inspectTensorflow(folder)).toThrow('c_api.h is missing');
  });

  it('refuses a version that the binding is not written for', () => {
    const folder = pythonPackage('2.8.4', false);
    expect(() => inspectTensorflow(folder)).toThrow(`TensorFlow 2.8.4 in ${folder} is too old`);
    expect(() => refuseVersion('1.15.5', 'here')).toThrow('too old: the binding needs 2.9');
    expect(() => refuseVersion('3.0.0', 'here')).toThrow('TensorFlow 3.0.0 in here is too new');
    for (const version of ['2.9.0', '2.21.0', '2.30.1']) refuseVersion(version, 'here');
  });
});
