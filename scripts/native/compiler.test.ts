import { expect, it } from 'vitest';
import { linkArguments } from './compiler.ts';

const tensorflow = { include: '', version: '2.21.0', cuda: null };

it('libraries are found where they lie; what lies beside the binding moves with it', () => {
  const inside = '/repo/.native/tensorflow/venv/lib/python3.12/site-packages/tensorflow';
  const library = `${inside}/libtensorflow_cc.so.2`;
  const binding = '/repo/.native/tensorflow/binding';
  const found = { ...tensorflow, folder: inside, libraries: [library], cudaLibraries: [] };
  expect(linkArguments(found, binding)).toEqual([
    library,
    '-Wl,-rpath,$ORIGIN/../venv/lib/python3.12/site-packages/tensorflow',
  ]);
});

it('what TensorFlow opens by name is loaded with the binding', () => {
  const folder = '/opt/site-packages/tensorflow';
  const library = `${folder}/libtensorflow_cc.so.2`;
  const runtime = '/opt/site-packages/nvidia/cuda_runtime/lib/libcudart.so.12';
  const found = { ...tensorflow, folder, libraries: [library], cudaLibraries: [runtime] };
  expect(linkArguments(found, '/repo/.native/tensorflow/binding')).toEqual([
    library,
    '-Wl,--no-as-needed',
    runtime,
    `-Wl,-rpath,${folder}`,
    '-Wl,-rpath,/opt/site-packages/nvidia/cuda_runtime/lib',
  ]);
});
