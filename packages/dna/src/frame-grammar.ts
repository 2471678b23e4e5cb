import { readNumber } from './fields.ts';
import { syntaxError, type Word } from './syntax.ts';
import type { Frame } from './types.ts';

/** PyTorch's: symmetric padding, epsilon 1e-5. */
export const defaultFrame: Frame = { padding: 'symmetric', epsilon: 1e-5 };

/** That of networks trained in TensorFlow: its SAME padding, epsilon 1e-3. */
export const tensorFlowFrame: Frame = { padding: 'same', epsilon: 1e-3 };

/** What differs from the default frame: `['same', 'eps0.001']`. */
export function printFrameFields({ padding, epsilon }: Frame): string[] {
  return [
    ...(padding === defaultFrame.padding ? [] : [padding]),
    ...(epsilon === defaultFrame.epsilon ? [] : [`eps${epsilon}`]),
  ];
}

/**
 * Reads the fields of a frame, each at most once; what is left out is the default frame's.
 *
 * @param whole the word or statement that they stand in
 */
export function readFrame(fields: readonly Word[], whole: Word): Frame {
  let padding: Frame['padding'] | undefined;
  let epsilon: number | undefined;
  for (const field of fields) {
    const { text } = field;
    if ((text === 'same' || text === 'symmetric') && padding === undefined) {
      padding = text;
    } else if (text.startsWith('eps') && epsilon === undefined) {
      epsilon = readNumber(field, 'eps', text.slice(3), whole);
    } else {
      throw syntaxError(field, 'one padding, same or symmetric, and one epsilon, as in eps0.001');
    }
  }
  if (padding === undefined && epsilon === undefined) {
    throw syntaxError(whole, 'a padding or an epsilon, as in same or eps0.001');
  }
  return {
    padding: padding ?? defaultFrame.padding,
    epsilon: epsilon ?? defaultFrame.epsilon,
  };
}
