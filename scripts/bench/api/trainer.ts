import type { TrainerIdentity } from '../../../packages/db/src/index.ts';

/** A trainer that trains nothing. */
export function trainerOf(id: string): TrainerIdentity {
  return {
    ...{ id, name: `Trainer ${id}`, engine: 'wasm', device: '1 CPU slot', onGpu: false },
    versions: { node: process.versions.node },
  };
}
