import type { GraphActivation } from '../graph.ts';
import { type KerasLayer, kerasLayer } from './keras-layer.ts';

/** An activation of stock layers only: Keras's hard sigmoid is max(0, min(1, x / 5 + 1 / 2)). */
export function activationLayers(
  name: string,
  x: string,
  activation: GraphActivation,
): KerasLayer[] {
  switch (activation) {
    case 'swish':
    case 'relu':
    case 'sigmoid':
      return [kerasLayer('Activation', name, [x], { activation })];
    case 'hardSigmoid':
      return hardSigmoid(name, x);
    case 'hardSwish': {
      const gate = `${name}.gate`;
      return [...hardSigmoid(gate, x), kerasLayer('Multiply', name, [x, gate])];
    }
    default:
      return unknownActivation(activation);
  }
}

/** max(0, min(1, x / 6 + 1 / 2)). */
function hardSigmoid(name: string, x: string): KerasLayer[] {
  const scaled = `${name}.scale`;
  return [
    kerasLayer('Rescaling', scaled, [x], { scale: 5 / 6, offset: 0 }),
    kerasLayer('Activation', name, [scaled], { activation: 'hard_sigmoid' }),
  ];
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
