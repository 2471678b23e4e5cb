import { dirname, relative, resolve, sep } from 'node:path';
import { DomainError } from '@blockwise/contracts';
import { decodeFloats } from '../artifacts/float-decoding.ts';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { readSafetensors, writeSafetensors } from '../artifacts/safetensors.ts';
import { refusePickle } from '../artifacts/tensor-file.ts';
import { readWeightFile } from '../artifacts/weight-file.ts';
import { type ModelJson, modelJson, type WeightSpec } from './model-json.ts';

/** A TensorFlow.js LayersModel as data. */
export interface LayersModelFile {
  /** What `modelTopology` of a `model.json` holds. */
  readonly topology: object;
  readonly weights: NamedArrays;
}

/**
 * Reads a LayersModel from this machine's disk: `model.json` and the weight files that it names,
 * which lie beside or below it. Quantized weights are expanded.
 *
 * @throws DomainError WEIGHTS_NOT_FOUND for a file that cannot be read, WEIGHTS_MISMATCH for one that
 *   is not what it should be
 */
export async function readLayersModel(path: string): Promise<LayersModelFile> {
  refusePickle(path);
  const { modelTopology, weightsManifest } = parseModelJson(path, await readWeightFile(path));
  const weights = new Map<string, NamedArray>();
  for (const { paths, weights: specs } of weightsManifest) {
    const shards = await Promise.all(paths.map((shard) => readShard(path, shard)));
    const bytes = Buffer.concat(shards);
    const needed = specs.reduce((sum, spec) => sum + bytesOf(spec), 0);
    if (bytes.length !== needed) {
      const named = `${paths.join(', ')} of ${path}`;
      throw mismatch(`${named} have ${bytes.length} bytes where ${needed} are needed`);
    }
    let offset = 0;
    for (const spec of specs) {
      const own = bytes.subarray(offset, offset + bytesOf(spec));
      offset += own.length;
      // What training adds to a saved model is of no use here.
      if (spec.group !== 'optimizer') weights.set(spec.name, decode(spec, own));
    }
  }
  return { topology: modelTopology, weights };
}

/** A LayersModel as one safetensors file, the topology in its metadata. */
export function packLayersModel({ topology, weights }: LayersModelFile): Uint8Array {
  return writeSafetensors(weights, { layersModel: JSON.stringify(topology) });
}

/** @throws DomainError BAD_INPUT when the bytes are not what {@link packLayersModel} makes. */
export function unpackLayersModel(bytes: Uint8Array): LayersModelFile {
  const { arrays, metadata } = readSafetensors(bytes);
  const topology = parsed(metadata.layersModel);
  if (typeof topology !== 'object' || topology === null) {
    throw new DomainError('BAD_INPUT', 'This file holds no LayersModel.');
  }
  return { topology, weights: arrays };
}

/** Null for what is no JSON, as for nothing. */
function parsed(text = 'null'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseModelJson(path: string, bytes: Uint8Array): ModelJson {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw mismatch(`${path} is not JSON`, cause);
  }
  const parsed = modelJson.safeParse(value);
  if (parsed.success) return parsed.data;
  const { format } = (value ?? {}) as { format?: unknown };
  const found =
    format === 'graph-model' ? 'a frozen graph model, without layers' : 'something else';
  throw mismatch(`${path} is not the model.json of a LayersModel but ${found}`, parsed.error);
}

async function readShard(path: string, shard: string): Promise<Uint8Array> {
  const folder = dirname(resolve(path));
  const file = resolve(folder, shard);
  if (relative(folder, file).split(sep)[0] === '..') {
    throw mismatch(`${path} names the file ${shard}, which lies outside of its folder`);
  }
  return await readWeightFile(file);
}

function bytesOf({ shape, dtype, quantization }: WeightSpec): number {
  const stored = quantization?.dtype ?? dtype;
  const bytes = { float32: 4, float16: 2, uint16: 2, uint8: 1, int32: 4, bool: 1 }[stored];
  return shape.reduce((product, extent) => product * extent, bytes);
}

function decode({ name, shape, dtype, quantization }: WeightSpec, bytes: Uint8Array): NamedArray {
  if (dtype !== 'float32') throw mismatch(`the weight ${name} is of type ${dtype}, not float32`);
  const stored = quantization?.dtype ?? dtype;
  if (stored === 'float32') return { shape, data: decodeFloats(bytes, 'F32') };
  if (stored === 'float16') return { shape, data: decodeFloats(bytes, 'F16') };
  const { scale = 1, min = 0 } = quantization ?? {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = stored === 'uint16';
  const data = new Float32Array(bytes.length / (wide ? 2 : 1));
  data.forEach((_, i) => {
    data[i] = min + scale * (wide ? view.getUint16(2 * i, true) : view.getUint8(i));
  });
  return { shape, data };
}

function mismatch(reason: string, cause?: unknown): DomainError {
  return new DomainError('WEIGHTS_MISMATCH', `This model cannot be used: ${reason}.`, { cause });
}
