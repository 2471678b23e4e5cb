// Depthwise convolution of one plane of four channels (see packPlanes).

import { multiplyAdd, storeLanes, zero } from './lanes';

/** 8 neighbouring outputs of one plane: each tap is loaded once for all of them. */
@inline
function tile8(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  let sum4 = zero();
  let sum5 = zero();
  let sum6 = zero();
  let sum7 = zero();
  for (let i = 0; i < rows; ++i) {
    let p = source;
    for (let j = columns; j > 0; --j) {
      const tap = v128.load(taps);
      sum0 = multiplyAdd(sum0, v128.load(p), tap);
      sum1 = multiplyAdd(sum1, v128.load(p + step), tap);
      sum2 = multiplyAdd(sum2, v128.load(p + step * 2), tap);
      sum3 = multiplyAdd(sum3, v128.load(p + step * 3), tap);
      sum4 = multiplyAdd(sum4, v128.load(p + step * 4), tap);
      sum5 = multiplyAdd(sum5, v128.load(p + step * 5), tap);
      sum6 = multiplyAdd(sum6, v128.load(p + step * 6), tap);
      sum7 = multiplyAdd(sum7, v128.load(p + step * 7), tap);
      taps += 16;
      p += 16;
    }
    source += rowBytes;
  }
  storeLanes(out, sum0, lanes);
  storeLanes(out + outStep, sum1, lanes);
  storeLanes(out + outStep * 2, sum2, lanes);
  storeLanes(out + outStep * 3, sum3, lanes);
  storeLanes(out + outStep * 4, sum4, lanes);
  storeLanes(out + outStep * 5, sum5, lanes);
  storeLanes(out + outStep * 6, sum6, lanes);
  storeLanes(out + outStep * 7, sum7, lanes);
}

/** 7 neighbouring outputs of one plane: each tap is loaded once for all of them. */
@inline
function tile7(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  let sum4 = zero();
  let sum5 = zero();
  let sum6 = zero();
  for (let i = 0; i < rows; ++i) {
    let p = source;
    for (let j = columns; j > 0; --j) {
      const tap = v128.load(taps);
      sum0 = multiplyAdd(sum0, v128.load(p), tap);
      sum1 = multiplyAdd(sum1, v128.load(p + step), tap);
      sum2 = multiplyAdd(sum2, v128.load(p + step * 2), tap);
      sum3 = multiplyAdd(sum3, v128.load(p + step * 3), tap);
      sum4 = multiplyAdd(sum4, v128.load(p + step * 4), tap);
      sum5 = multiplyAdd(sum5, v128.load(p + step * 5), tap);
      sum6 = multiplyAdd(sum6, v128.load(p + step * 6), tap);
      taps += 16;
      p += 16;
    }
    source += rowBytes;
  }
  storeLanes(out, sum0, lanes);
  storeLanes(out + outStep, sum1, lanes);
  storeLanes(out + outStep * 2, sum2, lanes);
  storeLanes(out + outStep * 3, sum3, lanes);
  storeLanes(out + outStep * 4, sum4, lanes);
  storeLanes(out + outStep * 5, sum5, lanes);
  storeLanes(out + outStep * 6, sum6, lanes);
}

/** 4 neighbouring outputs of one plane: each tap is loaded once for all of them. */
@inline
function tile4(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  for (let i = 0; i < rows; ++i) {
    let p = source;
    for (let j = columns; j > 0; --j) {
      const tap = v128.load(taps);
      sum0 = multiplyAdd(sum0, v128.load(p), tap);
      sum1 = multiplyAdd(sum1, v128.load(p + step), tap);
      sum2 = multiplyAdd(sum2, v128.load(p + step * 2), tap);
      sum3 = multiplyAdd(sum3, v128.load(p + step * 3), tap);
      taps += 16;
      p += 16;
    }
    source += rowBytes;
  }
  storeLanes(out, sum0, lanes);
  storeLanes(out + outStep, sum1, lanes);
  storeLanes(out + outStep * 2, sum2, lanes);
  storeLanes(out + outStep * 3, sum3, lanes);
}

/** 2 neighbouring outputs of one plane: each tap is loaded once for all of them. */
@inline
function tile2(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  let sum1 = zero();
  for (let i = 0; i < rows; ++i) {
    let p = source;
    for (let j = columns; j > 0; --j) {
      const tap = v128.load(taps);
      sum0 = multiplyAdd(sum0, v128.load(p), tap);
      sum1 = multiplyAdd(sum1, v128.load(p + step), tap);
      taps += 16;
      p += 16;
    }
    source += rowBytes;
  }
  storeLanes(out, sum0, lanes);
  storeLanes(out + outStep, sum1, lanes);
}

/** 1 neighbouring outputs of one plane: each tap is loaded once for all of them. */
@inline
function tile1(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  lanes: i32,
): void {
  let sum0 = zero();
  for (let i = 0; i < rows; ++i) {
    let p = source;
    for (let j = columns; j > 0; --j) {
      const tap = v128.load(taps);
      sum0 = multiplyAdd(sum0, v128.load(p), tap);
      taps += 16;
      p += 16;
    }
    source += rowBytes;
  }
  storeLanes(out, sum0, lanes);
}

/**
 * One row of outputs of one plane. The last tile is moved back to end at the last output, so some
 * outputs are computed twice, with the same result.
 */
@inline
function planeRow(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  step: usize,
  out: usize,
  outStep: usize,
  width: i32,
  lanes: i32,
): void {
  if (width >= 7 && (width + 6) / 7 * 7 < (width + 7) / 8 * 8) {
    for (let x = 0; x < width; x += 7) {
      const first = <usize>min(x, width - 7);
      tile7(source + first * step, taps, rows, columns, rowBytes, step, out + first * outStep, outStep, lanes);
    }
  } else if (width >= 8) {
    for (let x = 0; x < width; x += 8) {
      const first = <usize>min(x, width - 8);
      tile8(source + first * step, taps, rows, columns, rowBytes, step, out + first * outStep, outStep, lanes);
    }
  } else if (width >= 4) {
    for (let x = 0; x < width; x += 4) {
      const first = <usize>min(x, width - 4);
      tile4(source + first * step, taps, rows, columns, rowBytes, step, out + first * outStep, outStep, lanes);
    }
  } else if (width >= 2) {
    for (let x = 0; x < width; x += 2) {
      const first = <usize>min(x, width - 2);
      tile2(source + first * step, taps, rows, columns, rowBytes, step, out + first * outStep, outStep, lanes);
    }
  } else {
    tile1(source, taps, rows, columns, rowBytes, step, out, outStep, lanes);
  }
}

/**
 * Whole quads at strides 1 and 2 get literal steps and lanes, so that loads use constant offsets and
 * stores need no branch.
 */
export function planeRows(
  source: usize,
  taps: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  stride: i32,
  out: usize,
  outRow: usize,
  outStep: usize,
  height: i32,
  width: i32,
  lanes: i32,
): void {
  for (let y = 0; y < height; ++y) {
    if (stride == 1 && lanes == 4) {
      planeRow(source, taps, rows, columns, rowBytes, 16, out, outStep, width, 4);
    } else if (stride == 2 && lanes == 4) {
      planeRow(source, taps, rows, columns, rowBytes, 32, out, outStep, width, 4);
    } else {
      planeRow(source, taps, rows, columns, rowBytes, <usize>stride << 4, out, outStep, width, lanes);
    }
    source += rowBytes * <usize>stride;
    out += outRow;
  }
}
