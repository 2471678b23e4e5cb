import { activationGradient } from './activation';
import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';

/** Rows whose sums stay in registers; block sums are then added, which keeps rounding small. */
const BLOCK_ROWS: i32 = 64;

/**
 * For one quad of channels and one block of rows: writes dz = dy * activation'(z) to dx, and adds
 * the sums of dz to doffset and of dz * (x - mean) to dscale.
 */
@inline
function sumsQuad(
  dy: usize,
  x: usize,
  dx: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dscale: usize,
  doffset: usize,
  rows: i32,
  rowBytes: usize,
  lanes: i32,
  activation: i32,
): void {
  const meanQuad = loadLanes(mean, lanes);
  const factorQuad = loadLanes(factor, lanes);
  const offsetQuad = loadLanes(offset, lanes);
  let scaleSum = zero();
  let offsetSum = zero();
  for (let row = 0; row < rows; ++row) {
    const centred = f32x4.sub(loadLanes(x, lanes), meanQuad);
    const z = multiplyAdd(offsetQuad, centred, factorQuad);
    const dz = activationGradient(loadLanes(dy, lanes), z, activation);
    storeLanes(dx, dz, lanes);
    offsetSum = f32x4.add(offsetSum, dz);
    scaleSum = multiplyAdd(scaleSum, dz, centred);
    x += rowBytes;
    dy += rowBytes;
    dx += rowBytes;
  }
  storeLanes(doffset, f32x4.add(loadLanes(doffset, lanes), offsetSum), lanes);
  storeLanes(dscale, f32x4.add(loadLanes(dscale, lanes), scaleSum), lanes);
}

@inline
function sums(
  dy: usize,
  x: usize,
  dx: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  dscale: usize,
  doffset: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const block = min(BLOCK_ROWS, rows - first);
    for (let o: usize = 0; o < whole; o += 16) {
      sumsQuad(
        dy + o, x + o, dx + o, mean + o, factor + o, offset + o, dscale + o, doffset + o,
        block, rowBytes, 4, activation,
      );
    }
    if (c & 3) {
      sumsQuad(
        dy + whole, x + whole, dx + whole, mean + whole, factor + whole, offset + whole,
        dscale + whole, doffset + whole, block, rowBytes, c & 3, activation,
      );
    }
    const bytes = <usize>block * rowBytes;
    dy += bytes;
    x += bytes;
    dx += bytes;
  }
}

/**
 * Gradient of batchNormTrain through the batch's mean and variance.
 * With inverse = 1 / sqrt(variance + epsilon) and xhat = (x - mean) * inverse:
 *   dx = scale * inverse * (dz - mean(dz) - xhat * mean(dz * xhat)).
 * `scratch` holds 3 c floats.
 */
export function batchNormTrainGrad(
  dy: usize,
  x: usize,
  scale: usize,
  offset: usize,
  mean: usize,
  variance: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
  rows: i32,
  c: i32,
  epsilon: f32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const factor = scratch;
  const slope = scratch + rowBytes;
  const shift = slope + rowBytes;
  for (let i: usize = 0; i < rowBytes; i += 4) {
    store<f32>(factor + i, load<f32>(scale + i) / sqrt<f32>(load<f32>(variance + i) + epsilon));
  }
  memory.fill(dscale, 0, rowBytes);
  memory.fill(doffset, 0, rowBytes);
  if (activation == 2) sums(dy, x, dx, mean, factor, offset, dscale, doffset, rows, c, 2);
  else if (activation == 3) sums(dy, x, dx, mean, factor, offset, dscale, doffset, rows, c, 3);
  else if (activation == 1) sums(dy, x, dx, mean, factor, offset, dscale, doffset, rows, c, 1);
  else sums(dy, x, dx, mean, factor, offset, dscale, doffset, rows, c, 0);
  const count = <f32>rows;
  for (let i: usize = 0; i < rowBytes; i += 4) {
    const inverse = <f32>1 / sqrt<f32>(load<f32>(variance + i) + epsilon);
    const scaleGrad = load<f32>(dscale + i) * inverse;
    store<f32>(dscale + i, scaleGrad);
    store<f32>(slope + i, (load<f32>(factor + i) * inverse * scaleGrad) / count);
    store<f32>(shift + i, (load<f32>(factor + i) * load<f32>(doffset + i)) / count);
  }
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    for (let o: usize = 0; o < whole; o += 16) {
      const centred = f32x4.sub(v128.load(x + o), v128.load(mean + o));
      const direct = f32x4.sub(f32x4.mul(v128.load(dx + o), v128.load(factor + o)), v128.load(shift + o));
      v128.store(dx + o, f32x4.sub(direct, f32x4.mul(centred, v128.load(slope + o))));
    }
    if (lanes) {
      const p = dx + whole;
      const centred = f32x4.sub(loadLanes(x + whole, lanes), loadLanes(mean + whole, lanes));
      const direct = f32x4.sub(
        f32x4.mul(loadLanes(p, lanes), loadLanes(factor + whole, lanes)),
        loadLanes(shift + whole, lanes),
      );
      storeLanes(p, f32x4.sub(direct, f32x4.mul(centred, loadLanes(slope + whole, lanes))), lanes);
    }
    x += rowBytes;
    dx += rowBytes;
  }
}
