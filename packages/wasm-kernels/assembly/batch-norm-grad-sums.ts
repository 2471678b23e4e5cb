// The first of batch norm's two backward passes: dz, the gradient before the activation, and its sums.

import { activationGradient } from './activation';
import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';

/** Rows whose sums are finished before they join those of all rows, which keeps rounding small. */
const BLOCK_ROWS: i32 = 64;

/** dz = (dy + dpooled / pixels) * activation'(z) of one quad, z being computed again from x. */
@inline
function preActivation(
  dy: usize,
  centred: v128,
  factor: usize,
  offset: usize,
  spread: v128,
  activation: i32,
  pool: bool,
  lanes: i32,
): v128 {
  let gradient = loadLanes(dy, lanes);
  if (pool) gradient = f32x4.add(gradient, spread);
  if (activation == 0) return gradient;
  const z = multiplyAdd(loadLanes(offset, lanes), centred, loadLanes(factor, lanes));
  return activationGradient(gradient, z, activation);
}

/** Keeps dz in dx, and adds up to two neighbouring rows of dz, and of dz * (x - mean), to the sums. */
@inline
function sumsQuad(
  dy: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  spread: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  rowBytes: usize,
  rows: i32,
  activation: i32,
  pool: bool,
  lanes: i32,
): void {
  const origin = loadLanes(mean, lanes);
  const extra = pool ? loadLanes(spread, lanes) : zero();
  const centred = f32x4.sub(loadLanes(x, lanes), origin);
  const dz = preActivation(dy, centred, factor, offset, extra, activation, pool, lanes);
  storeLanes(dx, dz, lanes);
  let offsetSum = f32x4.add(loadLanes(doffset, lanes), dz);
  let scaleSum = multiplyAdd(loadLanes(dscale, lanes), dz, centred);
  if (rows == 2) {
    const centred1 = f32x4.sub(loadLanes(x + rowBytes, lanes), origin);
    const dz1 = preActivation(dy + rowBytes, centred1, factor, offset, extra, activation, pool, lanes);
    storeLanes(dx + rowBytes, dz1, lanes);
    offsetSum = f32x4.add(offsetSum, dz1);
    scaleSum = multiplyAdd(scaleSum, dz1, centred1);
  }
  storeLanes(doffset, offsetSum, lanes);
  storeLanes(dscale, scaleSum, lanes);
}

@inline
function sumsRows(
  dy: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  spread: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  c: i32,
  rows: i32,
  activation: i32,
  pool: bool,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  for (let o: usize = 0; o < whole; o += 16) {
    sumsQuad(
      dy + o, x + o, mean + o, factor + o, offset + o, spread + o, dx + o, dscale + o,
      doffset + o, rowBytes, rows, activation, pool, 4,
    );
  }
  if (c & 3) {
    sumsQuad(
      dy + whole, x + whole, mean + whole, factor + whole, offset + whole, spread + whole, dx + whole,
      dscale + whole, doffset + whole, rowBytes, rows, activation, pool, c & 3,
    );
  }
}

/** Each pixel's share of the gradient of an image's pooled values. */
@inline
function spreadOver(dpooled: usize, spread: usize, pixels: i32, rowBytes: usize): void {
  for (let i: usize = 0; i < rowBytes; i += 4) {
    store<f32>(spread + i, load<f32>(dpooled + i) / <f32>pixels);
  }
}

/** dz of all rows, to dx, and its sums, to doffset, and those of dz * (x - mean), to dscale. */
@inline
function sums(
  dy: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dpooled: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
  pool: bool,
): void {
  const rowBytes = <usize>c << 2;
  const spread = scratch;
  const blockScale = spread + rowBytes;
  const blockOffset = blockScale + rowBytes;
  memory.fill(dscale, 0, rowBytes);
  memory.fill(doffset, 0, rowBytes);
  for (let image = 0; image < images; ++image) {
    if (pool) spreadOver(dpooled + <usize>image * rowBytes, spread, pixels, rowBytes);
    for (let first = 0; first < pixels; first += BLOCK_ROWS) {
      const block = min(BLOCK_ROWS, pixels - first);
      memory.fill(blockScale, 0, rowBytes * 2);
      let row = 0;
      for (; row + 2 <= block; row += 2) {
        sumsRows(
          dy, x, mean, factor, offset, spread, dx, blockScale, blockOffset, c, 2, activation, pool,
        );
        dy += rowBytes << 1;
        x += rowBytes << 1;
        dx += rowBytes << 1;
      }
      if (row < block) {
        sumsRows(
          dy, x, mean, factor, offset, spread, dx, blockScale, blockOffset, c, 1, activation, pool,
        );
        dy += rowBytes;
        x += rowBytes;
        dx += rowBytes;
      }
      for (let i: usize = 0; i < rowBytes; i += 4) {
        store<f32>(dscale + i, load<f32>(dscale + i) + load<f32>(blockScale + i));
        store<f32>(doffset + i, load<f32>(doffset + i) + load<f32>(blockOffset + i));
      }
    }
  }
}

@inline
function sumsOf(
  dy: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dpooled: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
): void {
  if (dpooled == 0) {
    sums(
      dy, x, mean, factor, offset, 0, dx, dscale, doffset, scratch, images, pixels, c, activation, false,
    );
  } else {
    sums(
      dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, scratch, images, pixels, c, activation,
      true,
    );
  }
}

/**
 * dz = (dy + dpooled / pixels) * activation'(z) to dx, its sums over all rows to doffset, and those of
 * dz * (x - mean) to dscale. `scratch` holds 3 c floats; see batchNormTrainGrad for the others.
 */
export function batchNormGradSums(
  dy: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dpooled: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
): void {
  if (activation == 2) {
    sumsOf(dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, scratch, images, pixels, c, 2);
  } else if (activation == 3) {
    sumsOf(dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, scratch, images, pixels, c, 3);
  } else if (activation == 1) {
    sumsOf(dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, scratch, images, pixels, c, 1);
  } else {
    sumsOf(dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, scratch, images, pixels, c, 0);
  }
}
