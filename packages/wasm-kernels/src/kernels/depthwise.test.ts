import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { depthwise } from '../oracle.ts';
import { convGeometry } from '../planes.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

function check(
  [n, h, w, c]: [number, number, number, number],
  k: number,
  stride: number,
  pad: Pad,
): void {
  const x = filled([n, h, w, c], 1) as tf.Tensor4D;
  const filter = filled([k, k, c, 1], 2) as tf.Tensor4D;
  const geometry = convGeometry(x.shape, filter.shape, { strides: stride, pad }, true);
  const { outHeight: oh, outWidth: ow, padInfo } = geometry;
  const dy = filled([n, oh, ow, c], 3) as tf.Tensor4D;
  const oracle = depthwise(
    { n, h, w, c, k, stride, oh, ow, top: padInfo.top, left: padInfo.left },
    values(x),
    values(filter),
    values(dy),
  );
  const attributes = { strides: [stride, stride], pad, dilations: [1, 1] };
  const [out] = run('DepthwiseConv2dNative', { x, filter }, attributes);
  expect(out?.shape).toEqual([n, oh, ow, c]);
  expectClose(out, oracle.out);
  const inputGrad = { ...attributes, inputShape: x.shape };
  const [dx] = run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, inputGrad);
  expect(dx?.shape).toEqual(x.shape);
  expectClose(dx, oracle.dx);
  const filterGrad = { ...attributes, filterShape: filter.shape };
  const [dfilter] = run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, filterGrad);
  expect(dfilter?.shape).toEqual(filter.shape);
  expectClose(dfilter, oracle.dfilter);
}

describe('depthwise convolution and its gradients', () => {
  useWasm();
  for (const k of [1, 2, 3, 4, 5, 7]) {
    for (const stride of [1, 2, 3]) {
      it(`k ${k}, stride ${stride}: all sizes from 1 to 15`, () => {
        for (let size = 1; size <= 15; size++) {
          check([1, size, size, 4], k, stride, 'same');
          if (size >= k) check([1, size, 16 - Math.min(size, 16 - k), 4], k, stride, 'valid');
        }
      });
    }
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 13, 40])('%i channels, batch 3', (c) => {
    check([3, 6, 9, c], 3, 1, 'same');
    check([3, 9, 6, c], 5, 2, 'same');
    check([3, 8, 7, c], 7, 1, 'same');
  });

  it('explicit and numeric padding', () => {
    const uneven: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [2, 1],
      [0, 3],
      [0, 0],
    ];
    for (const stride of [1, 2]) {
      check([2, 7, 10, 6], 3, stride, uneven);
      check([2, 7, 10, 6], 5, stride, uneven);
      check([2, 8, 8, 6], 3, stride, 2);
      check([2, 8, 8, 6], 3, stride, 4); // more padding than the filter reaches
    }
  });

  it('a plane wider than any tile', () => {
    check([1, 5, 33, 4], 3, 1, 'same');
    check([1, 4, 29, 4], 5, 2, 'same');
  });

  it('leaves dilation and channel multipliers to the stock kernel', () => {
    const x = tf.ones<tf.Rank.R4>([1, 5, 5, 2]);
    const wide = tf.depthwiseConv2d(x, tf.ones<tf.Rank.R4>([3, 3, 2, 2]), 1, 'valid');
    expect(wide.shape).toEqual([1, 3, 3, 4]);
    expectClose(wide, new Array(36).fill(9));
    const dilated = tf.depthwiseConv2d(x, tf.ones<tf.Rank.R4>([3, 3, 2, 1]), 1, 'valid', 'NHWC', 2);
    expectClose(dilated, [9, 9]);
  });
});
