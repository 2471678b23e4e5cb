import { activate } from './activation';
import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';

/** Rows whose statistics are taken together, small enough to be read twice from the near cache. */
const BLOCK_ROWS: i32 = 64;

/**
 * Merges the mean and the squared deviations of one block of rows (Chan, Golub and LeVeque) into
 * the running ones. Every block is centred on its own mean, so large means do not cancel.
 */
@inline
function statisticsQuad(
  x: usize,
  rowsBefore: i32,
  rows: i32,
  rowBytes: usize,
  mean: usize,
  squares: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  let p = x;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    sum0 = f32x4.add(sum0, loadLanes(p, lanes));
    p += rowBytes;
    sum1 = f32x4.add(sum1, loadLanes(p, lanes));
    p += rowBytes;
    sum2 = f32x4.add(sum2, loadLanes(p, lanes));
    p += rowBytes;
    sum3 = f32x4.add(sum3, loadLanes(p, lanes));
    p += rowBytes;
  }
  for (; row < rows; ++row) {
    sum0 = f32x4.add(sum0, loadLanes(p, lanes));
    p += rowBytes;
  }
  const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  const blockMean = f32x4.div(sum, f32x4.splat(<f32>rows));
  sum0 = zero();
  sum1 = zero();
  sum2 = zero();
  sum3 = zero();
  p = x;
  row = 0;
  for (; row + 4 <= rows; row += 4) {
    const d0 = f32x4.sub(loadLanes(p, lanes), blockMean);
    p += rowBytes;
    const d1 = f32x4.sub(loadLanes(p, lanes), blockMean);
    p += rowBytes;
    const d2 = f32x4.sub(loadLanes(p, lanes), blockMean);
    p += rowBytes;
    const d3 = f32x4.sub(loadLanes(p, lanes), blockMean);
    p += rowBytes;
    sum0 = multiplyAdd(sum0, d0, d0);
    sum1 = multiplyAdd(sum1, d1, d1);
    sum2 = multiplyAdd(sum2, d2, d2);
    sum3 = multiplyAdd(sum3, d3, d3);
  }
  for (; row < rows; ++row) {
    const d0 = f32x4.sub(loadLanes(p, lanes), blockMean);
    p += rowBytes;
    sum0 = multiplyAdd(sum0, d0, d0);
  }
  const blockSquares = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  if (rowsBefore == 0) {
    storeLanes(mean, blockMean, lanes);
    storeLanes(squares, blockSquares, lanes);
    return;
  }
  const before = <f32>rowsBefore;
  const share = <f32>rows / (before + <f32>rows);
  const oldMean = loadLanes(mean, lanes);
  const delta = f32x4.sub(blockMean, oldMean);
  storeLanes(mean, multiplyAdd(oldMean, delta, f32x4.splat(share)), lanes);
  const between = f32x4.mul(f32x4.mul(delta, delta), f32x4.splat(before * share));
  storeLanes(squares, f32x4.add(loadLanes(squares, lanes), f32x4.add(blockSquares, between)), lanes);
}

/** Mean and biased variance of each column of x [rows, c]. */
function statistics(x: usize, mean: usize, variance: usize, rows: i32, c: i32): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const block = min(BLOCK_ROWS, rows - first);
    for (let o: usize = 0; o < whole; o += 16) {
      statisticsQuad(x + o, first, block, rowBytes, mean + o, variance + o, 4);
    }
    if (c & 3) {
      statisticsQuad(x + whole, first, block, rowBytes, mean + whole, variance + whole, c & 3);
    }
    x += <usize>block * rowBytes;
  }
  for (let i = 0; i < c; ++i) {
    const address = variance + (<usize>i << 2);
    store<f32>(address, load<f32>(address) / <f32>rows);
  }
}

/** y = activation((x - mean) * factor + offset), row by row. */
@inline
function normalizeRows(
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  y: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    for (let o: usize = 0; o < whole; o += 16) {
      const centred = f32x4.sub(v128.load(x + o), v128.load(mean + o));
      const z = multiplyAdd(v128.load(offset + o), centred, v128.load(factor + o));
      v128.store(y + o, activate(z, activation));
    }
    if (lanes) {
      const centred = f32x4.sub(loadLanes(x + whole, lanes), loadLanes(mean + whole, lanes));
      const z = multiplyAdd(loadLanes(offset + whole, lanes), centred, loadLanes(factor + whole, lanes));
      storeLanes(y + whole, activate(z, activation), lanes);
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/** Batch normalisation with the batch's own statistics. `factor` is scratch for c floats. */
export function batchNormTrain(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  mean: usize,
  variance: usize,
  factor: usize,
  rows: i32,
  c: i32,
  epsilon: f32,
  activation: i32,
): void {
  statistics(x, mean, variance, rows, c);
  for (let i: usize = 0; i < <usize>c << 2; i += 4) {
    store<f32>(factor + i, load<f32>(scale + i) / sqrt<f32>(load<f32>(variance + i) + epsilon));
  }
  if (activation == 2) normalizeRows(x, mean, factor, offset, y, rows, c, 2);
  else if (activation == 3) normalizeRows(x, mean, factor, offset, y, rows, c, 3);
  else if (activation == 1) normalizeRows(x, mean, factor, offset, y, rows, c, 1);
  else normalizeRows(x, mean, factor, offset, y, rows, c, 0);
}

/** y = activation(x * scale + offset), row by row. */
@inline
function affineRows(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    for (let o: usize = 0; o < whole; o += 16) {
      const z = multiplyAdd(v128.load(offset + o), v128.load(x + o), v128.load(scale + o));
      v128.store(y + o, activate(z, activation));
    }
    if (lanes) {
      const value = loadLanes(x + whole, lanes);
      const z = multiplyAdd(loadLanes(offset + whole, lanes), value, loadLanes(scale + whole, lanes));
      storeLanes(y + whole, activate(z, activation), lanes);
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/** y = activation(x * scale + offset): batch normalisation with fixed statistics, folded. */
export function affineActivation(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  if (activation == 2) affineRows(x, scale, offset, y, rows, c, 2);
  else if (activation == 3) affineRows(x, scale, offset, y, rows, c, 3);
  else if (activation == 1) affineRows(x, scale, offset, y, rows, c, 1);
  else affineRows(x, scale, offset, y, rows, c, 0);
}
