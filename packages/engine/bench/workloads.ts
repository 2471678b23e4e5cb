import type { EngineName } from '@blockwise/contracts';
import { openCell } from './cell-workload.ts';
import { benchCells } from './cells.ts';
import { openNetwork } from './network-workload.ts';
import { benchNetworks } from './networks.ts';
import { openRating } from './rating-workload.ts';
import { openSlots } from './slots-workload.ts';
import type { Workload } from './workload.ts';

const workloads = {
  distil: () => openCell(benchCells.distil),
  'distil-one': () => openCell(benchCells['distil-one']),
  'distil-small': () => openCell(benchCells['distil-small']),
  'distil-large': () => openCell(benchCells['distil-large']),
  'rating-shared': () => openRating(true),
  'rating-unshared': () => openRating(false),
  retrain: () => openNetwork(benchNetworks.retrain),
  'retrain-large': () => openNetwork(benchNetworks['retrain-large']),
  'slots-1': (engine: EngineName) => openSlots(engine, 1),
  'slots-2': (engine: EngineName) => openSlots(engine, 2),
} satisfies Record<string, (engine: EngineName) => Workload | Promise<Workload>>;

export type EngineWorkload = keyof typeof workloads;

/** What the bench times on the open engine, by name. */
export async function openWorkload(name: EngineWorkload, engine: EngineName): Promise<Workload> {
  return await workloads[name](engine);
}
