// Batch normalisation, activation and depthwise convolution in one, image by image: what lies between
// them stays in the near cache and is never stored whole.

import { normalizeAll } from './batch-norm';
import { foldScale, statistics } from './batch-norm-statistics';
import { filterPlanes } from './depthwise';
import { packFilter, packPlanes } from './pack';

/**
 * out [n, oh, ow, c] from x [n, h, w, c]; also x's mean and variance [c]. `planes` and `packed` as in
 * depthwise, `hidden` holds one image [h, w, c], `scratch` 2 c floats.
 */
export function normDepthwise(
  x: usize,
  scale: usize,
  offset: usize,
  filter: usize,
  out: usize,
  mean: usize,
  variance: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  stride: i32,
  oh: i32,
  ow: i32,
  top: i32,
  left: i32,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  planes: usize,
  packed: usize,
  hidden: usize,
  scratch: usize,
  epsilon: f32,
  activation: i32,
): void {
  const pixelBytes = <usize>c << 2;
  statistics(x, mean, variance, scratch, n * h * w, c);
  const factor = scratch;
  foldScale(scale, variance, factor, c, epsilon);
  packFilter(filter, packed, c, kw, 0, 0, 1, kh, kw, false);
  memory.fill(planes, 0, <usize>((c + 3) >> 2) * planeBytes);
  for (let image = 0; image < n; ++image) {
    normalizeAll(x, mean, factor, offset, hidden, 0, 1, h * w, c, activation);
    packPlanes(hidden, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left);
    filterPlanes(planes, packed, out, c, kh, kw, stride, oh, ow, planeWidth, planeBytes);
    x += <usize>(h * w) * pixelBytes;
    out += <usize>(oh * ow) * pixelBytes;
  }
}
