import { Adam } from './adam.ts';
import type { Optimizer, OptimizerSettings } from './optimizer.ts';
import { RmspropTf } from './rmsprop-tf.ts';
import { Sgd } from './sgd.ts';

export function createOptimizer(settings: OptimizerSettings): Optimizer {
  const { optimizer, momentum, optimizerEpsilon: epsilon, weightDecay } = settings;
  switch (optimizer) {
    case 'adam':
      return new Adam({ beta1: momentum, epsilon, weightDecay });
    case 'adamw':
      return new Adam({ beta1: momentum, epsilon, decoupledDecay: weightDecay });
    case 'rmspropTf':
      return new RmspropTf({ momentum, epsilon, weightDecay });
    case 'sgd':
      return new Sgd({ momentum, weightDecay });
    default:
      return unknownOptimizer(optimizer);
  }
}

function unknownOptimizer(optimizer: never): never {
  throw new Error(`Unknown optimiser ${String(optimizer)}.`);
}
