import { gatedGradient, gateOf } from './activation';
import { finishSums, inputGradient } from './batch-norm-grad';
import { foldScale } from './batch-norm-statistics';
import { inputGradFromPlanes } from './depthwise';
import { addPlaneSums, storeTaps } from './depthwise-filter-grad';
import { loadLanes, multiplyAdd, storeLanes } from './lanes';
import { packPlanes } from './pack';

/**
 * One quad of one pixel. `hidden` holds the gradient of the activation's value; the value itself goes
 * to `plane`, dz to dx, and dz is added to the sums.
 */
@inline
function activationQuad(
  hidden: usize,
  plane: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  activation: i32,
  lanes: i32,
): void {
  const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean, lanes));
  const z = multiplyAdd(loadLanes(offset, lanes), centred, loadLanes(factor, lanes));
  const gate = gateOf(z, activation);
  const dz = gatedGradient(loadLanes(hidden, lanes), z, gate, activation);
  storeLanes(plane, f32x4.mul(z, gate), lanes);
  storeLanes(dx, dz, lanes);
  storeLanes(doffset, f32x4.add(loadLanes(doffset, lanes), dz), lanes);
  storeLanes(dscale, multiplyAdd(loadLanes(dscale, lanes), dz, centred), lanes);
}

/**
 * An image's pixels, see activationQuad; the sums are of this image. The planes leave out what no
 * output reaches: there the value goes over its gradient, which has been read.
 */
@inline
function activationRows(
  hidden: usize,
  planes: usize,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  top: i32,
  left: i32,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  h: i32,
  w: i32,
  c: i32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < h; ++row) {
    for (let column = 0; column < w; ++column) {
      const reached = row + top < planeHeight && column + left < planeWidth;
      const step = reached ? planeBytes : 16;
      let plane = reached
        ? planes + (<usize>((row + top) * planeWidth + column + left) << 4)
        : hidden;
      for (let o: usize = 0; o < whole; o += 16) {
        activationQuad(
          hidden + o, plane, x + o, mean + o, factor + o, offset + o, dx + o, dscale + o, doffset + o,
          activation, 4,
        );
        plane += step;
      }
      if (lanes) {
        activationQuad(
          hidden + whole, plane, x + whole, mean + whole, factor + whole, offset + whole, dx + whole,
          dscale + whole, doffset + whole, activation, lanes,
        );
      }
      hidden += rowBytes;
      x += rowBytes;
      dx += rowBytes;
    }
  }
}

function backThroughActivation(
  hidden: usize,
  planes: usize,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  top: i32,
  left: i32,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  h: i32,
  w: i32,
  c: i32,
  activation: i32,
): void {
  if (activation == 2) {
    activationRows(
      hidden, planes, planeHeight, planeWidth, planeBytes, top, left, x, mean, factor, offset, dx,
      dscale, doffset, h, w, c, 2,
    );
  } else if (activation == 3) {
    activationRows(
      hidden, planes, planeHeight, planeWidth, planeBytes, top, left, x, mean, factor, offset, dx,
      dscale, doffset, h, w, c, 3,
    );
  } else if (activation == 1) {
    activationRows(
      hidden, planes, planeHeight, planeWidth, planeBytes, top, left, x, mean, factor, offset, dx,
      dscale, doffset, h, w, c, 1,
    );
  } else {
    activationRows(
      hidden, planes, planeHeight, planeWidth, planeBytes, top, left, x, mean, factor, offset, dx,
      dscale, doffset, h, w, c, 0,
    );
  }
}

/**
 * Gradients of normDepthwise for dy [n, oh, ow, c]; dx may be dy itself where their sizes agree.
 * dy lies in two kinds of planes: those of depthwiseInputGrad (`planes`, from planeTop, planeLeft)
 * and of depthwiseFilterGrad (`dyPlanes`); `hiddenPlanes` are the latter's for x. `packed` and `taps`
 * hold ceil(c / 4) * 4 * kh * kw floats, `taps` twice as many; `hidden` holds one image [h, w, c];
 * `scratch` 5 c floats.
 */
export function normDepthwiseGrad(
  dy: usize,
  x: usize,
  offset: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  filter: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  dfilter: usize,
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
  planeTop: i32,
  planeLeft: i32,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  planes: usize,
  packed: usize,
  dyWidth: i32,
  dyPlaneBytes: usize,
  dyPlanes: usize,
  hiddenHeight: i32,
  hiddenWidth: i32,
  hiddenBytes: usize,
  hiddenPlanes: usize,
  taps: usize,
  hidden: usize,
  scratch: usize,
  epsilon: f32,
  activation: i32,
): void {
  const quads = <usize>((c + 3) >> 2);
  const rowBytes = <usize>c << 2;
  const tapsBytes = (quads * <usize>(kh * kw)) << 4;
  const factor = scratch;
  const slope = factor + rowBytes;
  const shift = slope + rowBytes;
  const imageScale = shift + rowBytes;
  const imageOffset = imageScale + rowBytes;
  const first = dx;
  const source = x;
  foldScale(scale, variance, factor, c, epsilon);
  memory.fill(planes, 0, quads * planeBytes);
  memory.fill(dyPlanes, 0, quads * dyPlaneBytes);
  memory.fill(hiddenPlanes, 0, quads * hiddenBytes);
  memory.fill(taps, 0, tapsBytes);
  memory.fill(dscale, 0, rowBytes);
  memory.fill(doffset, 0, rowBytes);
  for (let image = 0; image < n; ++image) {
    packPlanes(dy, planes, oh, ow, c, planeHeight, planeWidth, planeBytes, planeTop, planeLeft);
    packPlanes(dy, dyPlanes, oh, ow, c, oh, dyWidth, dyPlaneBytes, 0, 0);
    inputGradFromPlanes(
      planes, filter, hidden, image == 0, h, w, c, kh, kw, stride, top, left, planeTop, planeLeft,
      planeWidth, planeBytes, packed,
    );
    memory.fill(imageScale, 0, rowBytes * 2);
    backThroughActivation(
      hidden, hiddenPlanes, hiddenHeight, hiddenWidth, hiddenBytes, top, left, x, mean, factor, offset,
      dx, imageScale, imageOffset, h, w, c, activation,
    );
    for (let i: usize = 0; i < rowBytes; i += 4) {
      store<f32>(dscale + i, load<f32>(dscale + i) + load<f32>(imageScale + i));
      store<f32>(doffset + i, load<f32>(doffset + i) + load<f32>(imageOffset + i));
    }
    addPlaneSums(
      hiddenPlanes, dyPlanes, taps, taps + tapsBytes, c, kh, kw, stride, oh, hiddenWidth, hiddenBytes,
      dyWidth, dyPlaneBytes,
    );
    x += <usize>(h * w) * rowBytes;
    dx += <usize>(h * w) * rowBytes;
    dy += <usize>(oh * ow) * rowBytes;
  }
  storeTaps(taps, dfilter, c, kh * kw);
  finishSums(variance, factor, slope, shift, dscale, doffset, n * h * w, c, epsilon);
  inputGradient(source, mean, factor, slope, shift, first, n * h * w, c);
}
