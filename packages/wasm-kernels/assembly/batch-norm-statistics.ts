import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';

/** Rows whose statistics are taken together before they are merged into those of all rows. */
const BLOCK_ROWS: i32 = 64;

/** Adds one quad of up to four neighbouring rows to sums of deviations from `shift` and their squares. */
@inline
function addQuad(
  x: usize,
  shift: usize,
  sum: usize,
  squares: usize,
  rowBytes: usize,
  rows: i32,
  lanes: i32,
): void {
  const origin = loadLanes(shift, lanes);
  const d0 = f32x4.sub(loadLanes(x, lanes), origin);
  let total = d0;
  let squared = f32x4.mul(d0, d0);
  if (rows == 4) {
    const d1 = f32x4.sub(loadLanes(x + rowBytes, lanes), origin);
    const d2 = f32x4.sub(loadLanes(x + rowBytes * 2, lanes), origin);
    const d3 = f32x4.sub(loadLanes(x + rowBytes * 3, lanes), origin);
    total = f32x4.add(f32x4.add(total, d1), f32x4.add(d2, d3));
    squared = f32x4.add(multiplyAdd(squared, d1, d1), multiplyAdd(f32x4.mul(d2, d2), d3, d3));
  }
  storeLanes(sum, f32x4.add(loadLanes(sum, lanes), total), lanes);
  storeLanes(squares, f32x4.add(loadLanes(squares, lanes), squared), lanes);
}

@inline
function addRows(
  x: usize,
  shift: usize,
  sum: usize,
  squares: usize,
  rowBytes: usize,
  c: i32,
  rows: i32,
): void {
  const whole = rowBytes & ~15;
  for (let o: usize = 0; o < whole; o += 16) {
    addQuad(x + o, shift + o, sum + o, squares + o, rowBytes, rows, 4);
  }
  if (c & 3) {
    addQuad(x + whole, shift + whole, sum + whole, squares + whole, rowBytes, rows, c & 3);
  }
}

/** Merges one block's sums (see addQuad) into the mean and the squared deviations so far. */
@inline
function mergeQuad(
  shift: usize,
  sum: usize,
  squares: usize,
  rowsBefore: i32,
  rows: i32,
  mean: usize,
  deviations: usize,
  lanes: i32,
): void {
  const count = f32x4.splat(<f32>rows);
  const total = loadLanes(sum, lanes);
  const offset = f32x4.div(total, count);
  const blockMean = f32x4.add(loadLanes(shift, lanes), offset);
  const within = f32x4.max(f32x4.sub(loadLanes(squares, lanes), f32x4.mul(total, offset)), zero());
  if (rowsBefore == 0) {
    storeLanes(mean, blockMean, lanes);
    storeLanes(deviations, within, lanes);
    return;
  }
  const before = <f32>rowsBefore;
  const share = <f32>rows / (before + <f32>rows);
  const oldMean = loadLanes(mean, lanes);
  const delta = f32x4.sub(blockMean, oldMean);
  storeLanes(mean, multiplyAdd(oldMean, delta, f32x4.splat(share)), lanes);
  const between = f32x4.mul(f32x4.mul(delta, delta), f32x4.splat(before * share));
  const sums = f32x4.add(loadLanes(deviations, lanes), f32x4.add(within, between));
  storeLanes(deviations, sums, lanes);
}

/**
 * Mean and biased variance of each column of x [rows, c], read once and in order. Each block's
 * deviations are from its own first row, so that large means do not cancel; blocks are merged after
 * Chan, Golub and LeVeque (1979). `scratch` holds 2 c floats.
 */
export function statistics(
  x: usize,
  mean: usize,
  variance: usize,
  scratch: usize,
  rows: i32,
  c: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const sum = scratch;
  const squares = scratch + rowBytes;
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const block = min(BLOCK_ROWS, rows - first);
    const shift = x;
    memory.fill(scratch, 0, rowBytes * 2);
    let row = 0;
    for (; row + 4 <= block; row += 4) {
      addRows(x, shift, sum, squares, rowBytes, c, 4);
      x += rowBytes << 2;
    }
    for (; row < block; ++row) {
      addRows(x, shift, sum, squares, rowBytes, c, 1);
      x += rowBytes;
    }
    for (let o: usize = 0; o < whole; o += 16) {
      mergeQuad(shift + o, sum + o, squares + o, first, block, mean + o, variance + o, 4);
    }
    if (c & 3) {
      mergeQuad(
        shift + whole, sum + whole, squares + whole, first, block, mean + whole, variance + whole, c & 3,
      );
    }
  }
  for (let i: usize = 0; i < rowBytes; i += 4) {
    store<f32>(variance + i, load<f32>(variance + i) / <f32>rows);
  }
}

/** factor = scale / sqrt(variance + epsilon), c of each. */
export function foldScale(scale: usize, variance: usize, factor: usize, c: i32, epsilon: f32): void {
  for (let i: usize = 0; i < <usize>c << 2; i += 4) {
    store<f32>(factor + i, load<f32>(scale + i) / sqrt<f32>(load<f32>(variance + i) + epsilon));
  }
}
