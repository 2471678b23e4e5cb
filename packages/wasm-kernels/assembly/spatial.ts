// Kernels that reduce or broadcast over the pixels of a [n, pixels, c] tensor, one scale per channel.

import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';

@inline
function meanQuad(x: usize, out: usize, pixels: i32, rowBytes: usize, lanes: i32): void {
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  let pixel = 0;
  for (; pixel + 4 <= pixels; pixel += 4) {
    sum0 = f32x4.add(sum0, loadLanes(x, lanes));
    x += rowBytes;
    sum1 = f32x4.add(sum1, loadLanes(x, lanes));
    x += rowBytes;
    sum2 = f32x4.add(sum2, loadLanes(x, lanes));
    x += rowBytes;
    sum3 = f32x4.add(sum3, loadLanes(x, lanes));
    x += rowBytes;
  }
  for (; pixel < pixels; ++pixel) {
    sum0 = f32x4.add(sum0, loadLanes(x, lanes));
    x += rowBytes;
  }
  const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  storeLanes(out, f32x4.div(sum, f32x4.splat(<f32>pixels)), lanes);
}

/** [n, pixels, c] -> [n, c] */
export function spatialMean(x: usize, out: usize, n: i32, pixels: i32, c: i32): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  for (let image = 0; image < n; ++image) {
    for (let offset: usize = 0; offset < whole; offset += 16) {
      meanQuad(x + offset, out + offset, pixels, rowBytes, 4);
    }
    if (c & 3) meanQuad(x + whole, out + whole, pixels, rowBytes, c & 3);
    x += <usize>pixels * rowBytes;
    out += rowBytes;
  }
}

/** [n, c] -> [n, pixels, c], each pixel getting dy / pixels. */
export function spatialMeanGrad(dy: usize, out: usize, n: i32, pixels: i32, c: i32): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const count = f32x4.splat(<f32>pixels);
  for (let image = 0; image < n; ++image) {
    const first = out;
    for (let offset: usize = 0; offset < whole; offset += 16) {
      v128.store(first + offset, f32x4.div(v128.load(dy + offset), count));
    }
    if (c & 3) {
      const lanes = c & 3;
      storeLanes(first + whole, f32x4.div(loadLanes(dy + whole, lanes), count), lanes);
    }
    out += rowBytes;
    for (let pixel = 1; pixel < pixels; ++pixel) {
      memory.copy(out, first, rowBytes);
      out += rowBytes;
    }
    dy += rowBytes;
  }
}

/** out = x * gate, gate [n, c] broadcast over the pixels of x [n, pixels, c]. */
export function channelGate(x: usize, gate: usize, out: usize, n: i32, pixels: i32, c: i32): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let image = 0; image < n; ++image) {
    for (let pixel = 0; pixel < pixels; ++pixel) {
      for (let offset: usize = 0; offset < whole; offset += 16) {
        v128.store(out + offset, f32x4.mul(v128.load(x + offset), v128.load(gate + offset)));
      }
      if (lanes) {
        const product = f32x4.mul(loadLanes(x + whole, lanes), loadLanes(gate + whole, lanes));
        storeLanes(out + whole, product, lanes);
      }
      x += rowBytes;
      out += rowBytes;
    }
    gate += rowBytes;
  }
}

@inline
function gateGradQuad(
  dy: usize,
  x: usize,
  gate: usize,
  dx: usize,
  dgate: usize,
  pixels: i32,
  rowBytes: usize,
  lanes: i32,
): void {
  const factor = loadLanes(gate, lanes);
  let sum0 = zero();
  let sum1 = zero();
  let pixel = 0;
  for (; pixel + 2 <= pixels; pixel += 2) {
    const dy0 = loadLanes(dy, lanes);
    const dy1 = loadLanes(dy + rowBytes, lanes);
    sum0 = multiplyAdd(sum0, dy0, loadLanes(x, lanes));
    sum1 = multiplyAdd(sum1, dy1, loadLanes(x + rowBytes, lanes));
    storeLanes(dx, f32x4.mul(dy0, factor), lanes);
    storeLanes(dx + rowBytes, f32x4.mul(dy1, factor), lanes);
    dy += rowBytes << 1;
    x += rowBytes << 1;
    dx += rowBytes << 1;
  }
  if (pixel < pixels) {
    const dy0 = loadLanes(dy, lanes);
    sum0 = multiplyAdd(sum0, dy0, loadLanes(x, lanes));
    storeLanes(dx, f32x4.mul(dy0, factor), lanes);
  }
  storeLanes(dgate, f32x4.add(sum0, sum1), lanes);
}

/** dx = dy * gate and dgate = the sum over pixels of dy * x. */
export function channelGateGrad(
  dy: usize,
  x: usize,
  gate: usize,
  dx: usize,
  dgate: usize,
  n: i32,
  pixels: i32,
  c: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const imageBytes = <usize>pixels * rowBytes;
  for (let image = 0; image < n; ++image) {
    for (let offset: usize = 0; offset < whole; offset += 16) {
      gateGradQuad(dy + offset, x + offset, gate + offset, dx + offset, dgate + offset, pixels, rowBytes, 4);
    }
    if (c & 3) {
      gateGradQuad(dy + whole, x + whole, gate + whole, dx + whole, dgate + whole, pixels, rowBytes, c & 3);
    }
    dy += imageBytes;
    x += imageBytes;
    dx += imageBytes;
    gate += rowBytes;
    dgate += rowBytes;
  }
}
