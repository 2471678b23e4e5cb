import { createRandom, type Random } from '../../packages/dna/src/index.ts';
import type { FaultName } from './fault-names.mjs';

/** One thing that is to happen in a round. */
export interface PlannedFault {
  readonly name: FaultName;
  /** After the one before has begun, or is over. */
  readonly pauseMilliseconds: number;
  /** Begins while the one before is not over yet. */
  readonly overlaps: boolean;
  /** For whatever else is left to chance in it. */
  readonly random: Random;
}

const overlapping = 0.3;

/**
 * What happens in a round, and when, by its seed alone. Faults come in an order of their own in every
 * round, each once before one comes again.
 */
export function planRound(
  seed: number,
  count: number,
  possible: readonly FaultName[],
): PlannedFault[] {
  const random = createRandom('chaos', seed);
  let deck: FaultName[] = [];
  return Array.from({ length: possible.length === 0 ? 0 : count }, (_, i) => {
    if (deck.length === 0) deck = random.shuffle(possible);
    return {
      name: deck.pop() as FaultName,
      pauseMilliseconds: 300 + random.int(4000),
      overlaps: random.next() < overlapping,
      random: createRandom('chaos', seed, 'fault', i),
    };
  });
}
