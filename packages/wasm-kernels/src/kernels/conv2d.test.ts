import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { conv } from '../oracle.ts';
import { convGeometry } from '../planes.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

function check(
  [n, h, w, c]: [number, number, number, number],
  oc: number,
  k: number,
  stride: number,
  pad: Pad,
): void {
  const x = filled([n, h, w, c], 1) as tf.Tensor4D;
  const filter = filled([k, k, c, oc], 2) as tf.Tensor4D;
  const geometry = convGeometry(x.shape, filter.shape, { strides: stride, pad }, false);
  const { outHeight: oh, outWidth: ow, padInfo } = geometry;
  const dy = filled([n, oh, ow, oc], 3) as tf.Tensor4D;
  const oracle = conv(
    { n, h, w, c, k, stride, oh, ow, top: padInfo.top, left: padInfo.left },
    oc,
    values(x),
    values(filter),
    values(dy),
  );
  const attributes = { strides: [stride, stride], pad, dilations: [1, 1], dataFormat: 'NHWC' };
  const [out] = run('Conv2D', { x, filter }, attributes);
  expect(out?.shape).toEqual([n, oh, ow, oc]);
  expectClose(out, oracle.out);
  const inputGrad = { ...attributes, inputShape: x.shape };
  const [dx] = run('Conv2DBackpropInput', { dy, filter }, inputGrad);
  expect(dx?.shape).toEqual(x.shape);
  expectClose(dx, oracle.dx);
  const filterGrad = { ...attributes, filterShape: filter.shape };
  const [dfilter] = run('Conv2DBackpropFilter', { x, dy }, filterGrad);
  expect(dfilter?.shape).toEqual(filter.shape);
  expectClose(dfilter, oracle.dfilter);
}

describe('convolution and its gradients', () => {
  useWasm();

  it.each([1, 2, 3])('stride %i over sizes, kernels and channels', (stride) => {
    for (const k of [1, 2, 3, 5]) {
      for (const size of [1, 2, 3, 6, 9]) {
        check([2, size, size + 1, 3], 5, k, stride, 'same');
        if (size >= k) check([1, size, size, 2], 9, k, stride, 'valid');
      }
    }
    check([2, 5, 5, 8], 16, 3, stride, 'same');
  });

  it('more output pixels than one block of patches', () => {
    check([3, 12, 13, 3], 8, 3, 1, 'same');
  });

  it('explicit padding', () => {
    const uneven: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [2, 1],
      [0, 3],
      [0, 0],
    ];
    for (const stride of [1, 2]) {
      check([2, 7, 10, 3], 6, 3, stride, uneven);
      check([2, 7, 7, 3], 6, 3, stride, 1);
      check([1, 4, 4, 2], 4, 3, stride, 4); // patches wholly outside the image
    }
  });
});
