import { blockLearningRate, type DistilSpec, type Recipe } from '@blockwise/contracts';

/** How the learning rate goes over a training. */
export interface Schedule {
  /**
   * After the warm-up. `step`: multiplied by `decay` after every `decayEpochs` epochs; `cosine`: half
   * a cosine down to zero (Loshchilov and Hutter 2017); `constant`.
   */
  readonly kind: Recipe['schedule'];
  /** The rate before any decay, which the warm-up rises to. */
  readonly learningRate: number;
  /** Steps of linear rise. */
  readonly warmupSteps: number;
  /** Where the rise starts; 0 unless told. */
  readonly warmupFrom?: number;
  /** The cosine ends here. */
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Of `step`. */
  readonly decay: number;
  /** Of `step`; 1 unless told, and it need not be whole. */
  readonly decayEpochs?: number;
  /**
   * Of `step`: what the first epoch counts as. 0 unless told, as in timm; DNA's released code counts
   * its supernets' epochs from 1, so that the first one already runs at the decayed rate.
   */
  readonly firstEpoch?: 0 | 1;
}

/**
 * The learning rate of a step, counted from 0 over the whole training. Epochs of `step` count from
 * the start of the training, the warm-up included, as in timm. Steps past the end of a cosine stay
 * at its last rate.
 */
export function learningRateAt(schedule: Schedule, step: number): number {
  const { learningRate, warmupSteps, warmupFrom = 0 } = schedule;
  if (step < warmupSteps) {
    return warmupFrom + ((learningRate - warmupFrom) * (step + 1)) / warmupSteps;
  }
  return learningRateAfterWarmup(schedule, step);
}

function learningRateAfterWarmup(schedule: Schedule, step: number): number {
  const { kind, learningRate, warmupSteps, totalSteps } = schedule;
  switch (kind) {
    case 'constant':
      return learningRate;
    case 'cosine': {
      const span = Math.max(1, totalSteps - warmupSteps);
      const progress = Math.min(1, (step - warmupSteps) / span);
      return (learningRate / 2) * (1 + Math.cos(Math.PI * progress));
    }
    case 'step': {
      const { decay, decayEpochs = 1, firstEpoch = 0, stepsPerEpoch } = schedule;
      const epoch = firstEpoch + Math.floor(step / stepsPerEpoch);
      return learningRate * decay ** Math.floor(epoch / decayEpochs);
    }
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown schedule ${String(kind)}.`);
}

interface Length {
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
}

/**
 * The schedule of a recipe. A warm-up that would leave no epoch after it is cut short: the last
 * epoch always runs at the schedule's own rate.
 */
export function recipeSchedule(recipe: Recipe, length: Length): Schedule {
  return {
    kind: recipe.schedule,
    learningRate: recipe.learningRate,
    warmupSteps: warmupSteps(recipe.warmupEpochs, length),
    warmupFrom: recipe.warmupFrom,
    ...length,
    decay: recipe.decay,
    decayEpochs: recipe.decayEpochs,
  };
}

/** The schedule of a block's cells, the block counted from 0, of so many; warm-ups as of recipes. */
export function distilSchedule(
  spec: DistilSpec,
  { block, blocks, ...length }: Length & { block: number; blocks: number },
): Schedule {
  return {
    kind: spec.schedule,
    learningRate: blockLearningRate(spec, block, blocks),
    warmupSteps: warmupSteps(spec.warmupEpochs, length),
    ...length,
    decay: spec.decay,
    firstEpoch: 1,
  };
}

function warmupSteps(epochs: number, { totalSteps, stepsPerEpoch }: Length): number {
  const wanted = Math.round(epochs * stepsPerEpoch);
  return Math.max(0, Math.min(wanted, totalSteps - stepsPerEpoch));
}
