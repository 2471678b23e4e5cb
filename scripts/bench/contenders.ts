import path from 'node:path';
import { type Command, Contender } from './contender.ts';
import type { Description } from './protocol.ts';
import type { BenchEngine } from './row-names.mjs';

/** Something that may be measured: an engine, or PyTorch, with so many threads. */
export interface ContenderPlan {
  readonly name: string;
  readonly engine: BenchEngine;
  readonly command: Command;
}

/** One that started. */
export interface Found extends ContenderPlan, Description {
  /** Whether a step takes minutes: plain JavaScript, or a graphics driver in software. */
  readonly slow: boolean;
  readonly onGpu: boolean;
}

export interface Missing {
  readonly name: string;
  readonly reason: string;
}

const childFolder = path.join(import.meta.dirname, 'child');
const pytorchServer = path.join(import.meta.dirname, 'pytorch', 'serve.py');

/** Of TensorFlow's and PyTorch's own pools, OpenMP's and those of the libraries below them. */
const oneThread = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};

/** TensorFlow may take long to load on a cold disk, and a graphics driver to compile. */
const startSeconds = 120;

/** The process that runs a search of the dna package. */
export const solverCommand = nodeCommand('solver.ts', []);

/** The process that decodes images. */
export const decodeCommand = nodeCommand('decode.ts', []);

/** What is to be looked for. On a processor, native libraries are measured with one thread too. */
export function contenderPlans(
  engines: readonly BenchEngine[],
  { gpu, python }: { gpu: boolean; python: string },
): ContenderPlan[] {
  return engines.flatMap((engine): ContenderPlan[] => {
    const command =
      engine === 'pytorch'
        ? { file: python, args: [pytorchServer, gpu ? 'cuda' : 'cpu'], env: {} }
        : nodeCommand('engine.ts', [engine]);
    const all = { name: gpu && engine === 'pytorch' ? 'pytorch, CUDA' : engine, engine, command };
    if (gpu || (engine !== 'tensorflow' && engine !== 'pytorch')) return [all];
    return [all, { ...all, name: `${engine}, 1 thread`, command: { ...command, env: oneThread } }];
  });
}

/** Starts each in a process of its own and asks what it is. */
export async function findContenders(
  plans: readonly ContenderPlan[],
): Promise<{ found: Found[]; missing: Missing[] }> {
  const found: Found[] = [];
  const missing: Missing[] = [];
  for (const plan of plans) {
    const contender = new Contender(plan.command, startSeconds);
    try {
      const description = await contender.describe();
      const { engine } = plan;
      const slow = engine === 'cpu' || isSoftware(description.device);
      found.push({ ...plan, ...description, slow, onGpu: isOnGpu(engine, description.device) });
    } catch (error) {
      missing.push({
        name: plan.name,
        reason: error instanceof Error ? error.message : `${error}`,
      });
    }
    await contender.close();
  }
  return { found, missing };
}

function nodeCommand(file: string, args: readonly string[]): Command {
  return {
    file: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', path.join(childFolder, file), ...args],
    env: {},
  };
}

/** Drivers that compute on the processor: SwiftShader, Mesa's llvmpipe, Windows' WARP. */
function isSoftware(device: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(device);
}

function isOnGpu(engine: BenchEngine, device: string): boolean {
  if (engine === 'webgpu') return !isSoftware(device);
  return (engine === 'tensorflow' || engine === 'pytorch') && !/\bCPU\b/.test(device);
}
