import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { batchNorm, depthwise, numericGradient } from '../oracle.ts';
import { convGeometry } from '../planes.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

const epsilon = 1e-3;

/** [n, h, w, c], kernel, stride, padding, activation */
const cases: [
  [number, number, number, number],
  number,
  number,
  'same' | 'valid' | number,
  string,
][] = [
  [[4, 1, 2, 1], 3, 1, 'same', 'swish'],
  [[2, 4, 5, 3], 3, 1, 'same', 'swish'],
  [[2, 5, 4, 4], 3, 2, 'same', 'swish'],
  [[1, 6, 6, 5], 5, 1, 2, 'relu'],
  [[2, 7, 7, 8], 5, 2, 2, 'hardSwish'],
  [[1, 8, 9, 2], 7, 1, 'same', 'none'],
  [[2, 8, 8, 6], 3, 3, 'valid', 'swish'],
];

describe('NormDepthwise and its gradient', () => {
  useWasm();

  it.each(cases)(
    'x [%j], kernel %i, stride %i, pad %s, %s',
    (shape, k, stride, pad, activation) => {
      const [n, h, w, c] = shape;
      const x = filled(shape, 1, 2);
      const [scale, offset] = [filled([c], 2, 0.4, 1.5), filled([c], 3)];
      const filter = filled([k, k, c, 1], 4) as tf.Tensor4D;
      const attributes = { epsilon, activation, strides: [stride, stride], pad, dilations: [1, 1] };
      const {
        outHeight: oh,
        outWidth: ow,
        padInfo,
      } = convGeometry(shape, filter.shape, { strides: stride, pad }, true);
      const geometry = { n, h, w, c, k, stride, oh, ow, top: padInfo.top, left: padInfo.left };
      const dy = filled([n, oh, ow, c], 5);

      const norm = (xs: ArrayLike<number>, s: ArrayLike<number>, o: ArrayLike<number>) =>
        batchNorm(xs, s, o, epsilon, activation);
      const hidden = norm(values(x), values(scale), values(offset));
      const oracle = depthwise(geometry, hidden.y, values(filter), values(dy));
      const [out, mean, variance] = run('NormDepthwise', { x, scale, offset, filter }, attributes);
      expect(out?.shape).toEqual([n, oh, ow, c]);
      expectClose(out, oracle.out, 1e-4);
      expectClose(mean, hidden.mean, 1e-4);
      expectClose(variance, hidden.variance, 1e-4);

      const kept = values(dy).slice();
      const inputs = { dy, x, scale, offset, filter, mean, variance } as Record<string, tf.Tensor>;
      const outputs = run('NormDepthwiseGrad', inputs, attributes);
      expect(outputs.map((output) => output.shape)).toEqual([shape, [c], [c], filter.shape]);
      const [dx, dscale, doffset, dfilter] = outputs;
      const byX = (xs: ArrayLike<number>) => norm(xs, values(scale), values(offset)).y;
      expectClose(dx, numericGradient(byX, values(x), oracle.dx), 2e-4);
      const byScale = (s: ArrayLike<number>) => norm(values(x), s, values(offset)).y;
      expectClose(dscale, numericGradient(byScale, values(scale), oracle.dx), 1e-4);
      const byOffset = (o: ArrayLike<number>) => norm(values(x), values(scale), o).y;
      expectClose(doffset, numericGradient(byOffset, values(offset), oracle.dx), 1e-4);
      expectClose(dfilter, oracle.dfilter, 1e-4);
      expect(values(dy)).toEqual(kept);

      const first = outputs.map((output) => values(output).slice());
      const again = run('NormDepthwiseGrad', inputs, { ...attributes, consume: true });
      expect(again.map(values)).toEqual(first);
      expect(again[0]?.dataId === dy.dataId).toBe(oh === h && ow === w);
    },
  );

  it('refuses dy of another size', () => {
    const [x, filter] = [filled([2, 4, 4, 3], 1), filled([3, 3, 3, 1], 2)];
    const vector = filled([3], 3);
    const inputs = { x, filter, scale: vector, offset: vector, mean: vector, variance: vector };
    const attributes = { epsilon, activation: 'none', strides: [2, 2], pad: 'same' };
    expect(() =>
      run('NormDepthwiseGrad', { ...inputs, dy: filled([2, 4, 4, 3], 4) }, attributes),
    ).toThrow('dy must have shape [2,2,2,3]');
  });
});
