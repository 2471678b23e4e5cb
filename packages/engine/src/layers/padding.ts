import type { Frame } from '@blockwise/dna';

/**
 * The padding of a k×k window for tfjs. `same` pads as TensorFlow: as much as ⌈size / stride⌉
 * outputs need, an odd rest at the bottom and right; for stride 2 on an even side that is less than
 * the symmetric (k − 1) / 2, and not the same on both sides.
 */
export function paddingOf(kernel: number, frame: Frame): 'same' | number {
  return frame.padding === 'same' ? 'same' : (kernel - 1) / 2;
}
