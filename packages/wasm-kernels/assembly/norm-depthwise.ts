// Batch normalisation, activation and depthwise convolution in one, image by image: what lies between
// them goes straight into the convolution's planes and is never stored whole.

import { activate } from './activation';
import { foldScale, statistics } from './batch-norm-statistics';
import { filterPlanes } from './depthwise';
import { loadLanes, multiplyAdd } from './lanes';
import { packFilter } from './pack';

@inline
function activatedQuad(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  activation: i32,
  lanes: i32,
): v128 {
  const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean, lanes));
  const z = multiplyAdd(loadLanes(offset, lanes), centred, loadLanes(factor, lanes));
  return activate(z, activation);
}

/** As packPlanes, of activation((x - mean) * factor + offset). */
@inline
function packActivated(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  planes: usize,
  h: i32,
  w: i32,
  c: i32,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  top: i32,
  left: i32,
  activation: i32,
): void {
  const rows = min(h, planeHeight - top);
  const columns = min(w, planeWidth - left);
  const pixelBytes = <usize>c << 2;
  const whole = pixelBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    let from = x + <usize>(row * w) * pixelBytes;
    let to = planes + (<usize>((row + top) * planeWidth + left) << 4);
    for (let column = 0; column < columns; ++column) {
      let plane = to;
      for (let o: usize = 0; o < whole; o += 16) {
        v128.store(plane, activatedQuad(from + o, mean + o, factor + o, offset + o, activation, 4));
        plane += planeBytes;
      }
      if (lanes) {
        const quad = activatedQuad(
          from + whole, mean + whole, factor + whole, offset + whole, activation, lanes,
        );
        v128.store(plane, quad);
      }
      from += pixelBytes;
      to += 16;
    }
  }
}

/**
 * out [n, oh, ow, c] from x [n, h, w, c]; also x's mean and variance [c]. `planes` and `packed` as in
 * depthwise, `scratch` holds 2 c floats.
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
    if (activation == 2) {
      packActivated(
        x, mean, factor, offset, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left, 2,
      );
    } else if (activation == 3) {
      packActivated(
        x, mean, factor, offset, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left, 3,
      );
    } else if (activation == 1) {
      packActivated(
        x, mean, factor, offset, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left, 1,
      );
    } else {
      packActivated(
        x, mean, factor, offset, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left, 0,
      );
    }
    filterPlanes(planes, packed, out, c, kh, kw, stride, oh, ow, planeWidth, planeBytes);
    x += <usize>(h * w) * pixelBytes;
    out += <usize>(oh * ow) * pixelBytes;
  }
}
