import { activate } from './activation';
import { foldScale, statistics } from './batch-norm-statistics';
import { loadLanes, multiplyAdd, storeLanes } from './lanes';

/** y = activation((x - mean) * factor + offset) of one quad; added to `pooled` where there is one. */
@inline
function normalizeQuad(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  y: usize,
  pooled: usize,
  activation: i32,
  pool: bool,
  lanes: i32,
): void {
  const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean, lanes));
  const z = multiplyAdd(loadLanes(offset, lanes), centred, loadLanes(factor, lanes));
  const result = activate(z, activation);
  storeLanes(y, result, lanes);
  if (pool) storeLanes(pooled, f32x4.add(loadLanes(pooled, lanes), result), lanes);
}

/** Row by row; the sums of y over each image go to `pooled` [images, c] when asked for. */
@inline
function normalizeRows(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  y: usize,
  pooled: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
  pool: bool,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let image = 0; image < images; ++image) {
    for (let pixel = 0; pixel < pixels; ++pixel) {
      for (let o: usize = 0; o < whole; o += 16) {
        normalizeQuad(x + o, mean + o, factor + o, offset + o, y + o, pooled + o, activation, pool, 4);
      }
      if (lanes) {
        normalizeQuad(
          x + whole, mean + whole, factor + whole, offset + whole, y + whole, pooled + whole,
          activation, pool, lanes,
        );
      }
      x += rowBytes;
      y += rowBytes;
    }
    if (pool) pooled += rowBytes;
  }
}

@inline
function normalize(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  y: usize,
  pooled: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
): void {
  if (pooled == 0) {
    normalizeRows(x, mean, factor, offset, y, 0, images, pixels, c, activation, false);
    return;
  }
  const bytes = <usize>(images * c) << 2;
  memory.fill(pooled, 0, bytes);
  normalizeRows(x, mean, factor, offset, y, pooled, images, pixels, c, activation, true);
  for (let i: usize = 0; i < bytes; i += 4) {
    store<f32>(pooled + i, load<f32>(pooled + i) / <f32>pixels);
  }
}

/** y = activation((x - mean) * factor + offset) for x [images, pixels, c]; `pooled` as in batchNormTrain. */
function normalizeAll(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  y: usize,
  pooled: usize,
  images: i32,
  pixels: i32,
  c: i32,
  activation: i32,
): void {
  if (activation == 2) normalize(x, mean, factor, offset, y, pooled, images, pixels, c, 2);
  else if (activation == 3) normalize(x, mean, factor, offset, y, pooled, images, pixels, c, 3);
  else if (activation == 1) normalize(x, mean, factor, offset, y, pooled, images, pixels, c, 1);
  else normalize(x, mean, factor, offset, y, pooled, images, pixels, c, 0);
}

/**
 * Batch normalisation of x [images, pixels, c] with its own statistics. The mean of y over each
 * image's pixels goes to `pooled` [images, c], unless that is 0. `scratch` holds 2 c floats.
 */
export function batchNormTrain(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  mean: usize,
  variance: usize,
  pooled: usize,
  scratch: usize,
  images: i32,
  pixels: i32,
  c: i32,
  epsilon: f32,
  activation: i32,
): void {
  statistics(x, mean, variance, scratch, images * pixels, c);
  const factor = scratch;
  foldScale(scale, variance, factor, c, epsilon);
  normalizeAll(x, mean, factor, offset, y, pooled, images, pixels, c, activation);
}
