import { createRequire } from 'node:module';
import path from 'node:path';
import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type { Binding, TensorflowBackend } from './binding.ts';
import { type NativeRecord, nativeBindingFile } from './native-record.ts';

/**
 * Loads tfjs-node's kernels and its back end, without its index: that would bring tfjs's whole union
 * package, its other back ends, and a second set of gradients.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when the binding or TensorFlow does not load
 */
export function loadBackend(folder: string, record: NativeRecord): TensorflowBackend {
  const load = createRequire(path.join(folder, 'package.json'));
  const binding = loadBinding(load, path.join(folder, nativeBindingFile));
  // Kernels of one copy of tfjs-core would not find the tensors of another.
  const copies = ['@tensorflow/tfjs', '@tensorflow/tfjs-core'].map((name) => load(name));
  if (copies.some(({ engine }) => engine !== tf.engine)) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      'Native TensorFlow was set up for another copy of @tensorflow/tfjs-core; run "npm run native" again.',
    );
  }
  replaceDropped(load);
  load(`${record.package}/dist/register_all_kernels.js`);
  const { NodeJSKernelBackend } = load(`${record.package}/dist/nodejs_kernel_backend.js`) as {
    NodeJSKernelBackend: new (binding: Binding, packageName: string) => TensorflowBackend;
  };
  return new NodeJSKernelBackend(binding, record.package);
}

/** tfjs-node 4.22 calls two functions that Node 22 warns of and Node 23 has dropped. */
function replaceDropped(load: NodeJS.Require): void {
  Object.assign(load('node:util'), {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

function loadBinding(load: NodeJS.Require, file: string): Binding {
  try {
    return load(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `Native TensorFlow does not load: ${reason}. "npm run native" sets it up again.`,
      { cause },
    );
  }
}
