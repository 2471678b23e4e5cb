import type { Activation } from '../../../ops/kernel.ts';

/**
 * `activate(z)` and `slope(z)`, its derivative, in WGSL. A NaN stays one: it is how a training that
 * diverged is noticed, and WGSL's `max` and `clamp` may drop it.
 */
export function activationFunctions(activation: Activation): string {
  const { value, slope } = expressions(activation);
  return `
    fn activate(z : f32) -> f32 { return ${value}; }
    fn slope(z : f32) -> f32 { return ${slope}; }`;
}

function expressions(activation: Activation): { value: string; slope: string } {
  const sigmoid = '(1.0 / (1.0 + exp(-z)))';
  const hardSigmoid = 'clamp(z / 6.0 + 0.5, 0.0, 1.0)';
  switch (activation) {
    case 'none':
      return { value: 'z', slope: '1.0' };
    case 'swish':
      return { value: `z * ${sigmoid}`, slope: `${sigmoid} * (1.0 + z * (1.0 - ${sigmoid}))` };
    case 'relu':
      return { value: 'select(z, 0.0, z < 0.0)', slope: 'select(0.0, 1.0, z > 0.0)' };
    case 'hardSwish':
      return {
        value: `z * ${hardSigmoid}`,
        slope: `${hardSigmoid} + select(0.0, z / 6.0, abs(z) < 3.0)`,
      };
    default:
      return unknownActivation(activation);
  }
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
