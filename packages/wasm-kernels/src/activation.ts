/** What follows a normalisation, computed in the same pass. */
export type Activation = 'none' | 'relu' | 'swish' | 'hardSwish';

/** The code of an activation in assembly/activation.ts. */
export function activationCode(activation: Activation): number {
  switch (activation) {
    case 'none':
      return 0;
    case 'relu':
      return 1;
    case 'swish':
      return 2;
    case 'hardSwish':
      return 3;
    default:
      return unknownActivation(activation);
  }
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
