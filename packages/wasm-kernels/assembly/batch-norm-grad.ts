import { batchNormGradSums } from './batch-norm-grad-sums';
import { foldScale } from './batch-norm-statistics';
import { loadLanes, storeLanes } from './lanes';

/** dx = factor * dz - shift - slope * (x - mean) of one quad, in place of dz. */
@inline
function dxQuad(
  x: usize,
  mean: usize,
  factor: usize,
  slope: usize,
  shift: usize,
  dx: usize,
  lanes: i32,
): void {
  const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean, lanes));
  const scaled = f32x4.mul(loadLanes(dx, lanes), loadLanes(factor, lanes));
  const direct = f32x4.sub(scaled, loadLanes(shift, lanes));
  storeLanes(dx, f32x4.sub(direct, f32x4.mul(centred, loadLanes(slope, lanes))), lanes);
}

/** dscale from the sums of dz * (x - mean), and what inputGradient subtracts: slope and shift. */
export function finishSums(
  variance: usize,
  factor: usize,
  slope: usize,
  shift: usize,
  dscale: usize,
  doffset: usize,
  rows: i32,
  c: i32,
  epsilon: f32,
): void {
  const count = <f32>rows;
  for (let i: usize = 0; i < <usize>c << 2; i += 4) {
    const inverse = <f32>1 / sqrt<f32>(load<f32>(variance + i) + epsilon);
    const scaleGrad = load<f32>(dscale + i) * inverse;
    store<f32>(dscale + i, scaleGrad);
    store<f32>(slope + i, (load<f32>(factor + i) * inverse * scaleGrad) / count);
    store<f32>(shift + i, (load<f32>(factor + i) * load<f32>(doffset + i)) / count);
  }
}

/** dx from dz, in place, row by row. */
export function inputGradient(
  x: usize,
  mean: usize,
  factor: usize,
  slope: usize,
  shift: usize,
  dx: usize,
  rows: i32,
  c: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    for (let o: usize = 0; o < whole; o += 16) {
      dxQuad(x + o, mean + o, factor + o, slope + o, shift + o, dx + o, 4);
    }
    if (lanes) {
      dxQuad(x + whole, mean + whole, factor + whole, slope + whole, shift + whole, dx + whole, lanes);
    }
    x += rowBytes;
    dx += rowBytes;
  }
}

/**
 * Gradient of batchNormTrain through the batch's mean and variance, for x [images, pixels, c].
 * With inverse = 1 / sqrt(variance + epsilon) and xhat = (x - mean) * inverse:
 *   dx = scale * inverse * (dz - mean(dz) - xhat * mean(dz * xhat)).
 * dx may be dy itself. `dpooled` [images, c] is 0 where nothing was pooled. `scratch` holds 6 c floats.
 */
export function batchNormTrainGrad(
  dy: usize,
  x: usize,
  scale: usize,
  offset: usize,
  mean: usize,
  variance: usize,
  dpooled: usize,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
  images: i32,
  pixels: i32,
  c: i32,
  epsilon: f32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const factor = scratch;
  const slope = factor + rowBytes;
  const shift = slope + rowBytes;
  const rest = shift + rowBytes;
  foldScale(scale, variance, factor, c, epsilon);
  batchNormGradSums(
    dy, x, mean, factor, offset, dpooled, dx, dscale, doffset, rest, images, pixels, c, activation,
  );
  const rows = images * pixels;
  finishSums(variance, factor, slope, shift, dscale, doffset, rows, c, epsilon);
  inputGradient(x, mean, factor, slope, shift, dx, rows, c);
}
