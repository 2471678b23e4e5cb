import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import type { Engine } from './engine.ts';

/** Plain JavaScript: the reference for tests and the bench, far too slow to train with. */
export async function openCpu(): Promise<Omit<Engine, 'name'>> {
  return {
    onGpu: false,
    device: `JavaScript, ${process.arch}, 1 thread`,
    versions: { '@tensorflow/tfjs-backend-cpu': version_cpu },
  };
}
