// Gradient of a depthwise filter from one plane of four channels (see packPlanes).
// The inner loops are as wide as registers allow when V8 moves a block's loads to its start.

import { multiplyAdd, zero } from './lanes';

/**
 * 7 neighbouring taps of one filter row: adds to `sums` the products of dy with x shifted by each,
 * over a whole plane whose width is even.
 */
@inline
function taps7(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  xRow: usize,
  step: usize,
): void {
  let sum0 = v128.load(sums, 0);
  let sum1 = v128.load(sums, 16);
  let sum2 = v128.load(sums, 32);
  let sum3 = v128.load(sums, 48);
  let sum4 = v128.load(sums, 64);
  let sum5 = v128.load(sums, 80);
  let sum6 = v128.load(sums, 96);
  for (let row = 0; row < height; ++row) {
    let p = x;
    for (let column = 0; column < width; ++column) {
      const d = v128.load(dy);
      sum0 = multiplyAdd(sum0, v128.load(p, 0), d);
      sum1 = multiplyAdd(sum1, v128.load(p, 16), d);
      sum2 = multiplyAdd(sum2, v128.load(p, 32), d);
      sum3 = multiplyAdd(sum3, v128.load(p, 48), d);
      sum4 = multiplyAdd(sum4, v128.load(p, 64), d);
      sum5 = multiplyAdd(sum5, v128.load(p, 80), d);
      sum6 = multiplyAdd(sum6, v128.load(p, 96), d);
      p += step;
      dy += 16;
    }
    x += xRow;
  }
  v128.store(sums, sum0, 0);
  v128.store(sums, sum1, 16);
  v128.store(sums, sum2, 32);
  v128.store(sums, sum3, 48);
  v128.store(sums, sum4, 64);
  v128.store(sums, sum5, 80);
  v128.store(sums, sum6, 96);
}

/**
 * 5 neighbouring taps of one filter row: adds to `sums` the products of dy with x shifted by each,
 * over a whole plane whose width is even.
 */
@inline
function taps5(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  xRow: usize,
  step: usize,
): void {
  let sum0 = v128.load(sums, 0);
  let sum1 = v128.load(sums, 16);
  let sum2 = v128.load(sums, 32);
  let sum3 = v128.load(sums, 48);
  let sum4 = v128.load(sums, 64);
  for (let row = 0; row < height; ++row) {
    let p = x;
    if (step == 16) {
      for (let column = 0; column < width; column += 2) {
        const d0 = v128.load(dy);
        const d1 = v128.load(dy, 16);
        const x0 = v128.load(p, 0);
        sum0 = multiplyAdd(sum0, x0, d0);
        const x1 = v128.load(p, 16);
        sum1 = multiplyAdd(sum1, x1, d0);
        sum0 = multiplyAdd(sum0, x1, d1);
        const x2 = v128.load(p, 32);
        sum2 = multiplyAdd(sum2, x2, d0);
        sum1 = multiplyAdd(sum1, x2, d1);
        const x3 = v128.load(p, 48);
        sum3 = multiplyAdd(sum3, x3, d0);
        sum2 = multiplyAdd(sum2, x3, d1);
        const x4 = v128.load(p, 64);
        sum4 = multiplyAdd(sum4, x4, d0);
        sum3 = multiplyAdd(sum3, x4, d1);
        const x5 = v128.load(p, 80);
        sum4 = multiplyAdd(sum4, x5, d1);
        p += step * 2;
        dy += 32;
      }
    } else {
      for (let column = 0; column < width; ++column) {
        const d = v128.load(dy);
        sum0 = multiplyAdd(sum0, v128.load(p, 0), d);
        sum1 = multiplyAdd(sum1, v128.load(p, 16), d);
        sum2 = multiplyAdd(sum2, v128.load(p, 32), d);
        sum3 = multiplyAdd(sum3, v128.load(p, 48), d);
        sum4 = multiplyAdd(sum4, v128.load(p, 64), d);
        p += step;
        dy += 16;
      }
    }
    x += xRow;
  }
  v128.store(sums, sum0, 0);
  v128.store(sums, sum1, 16);
  v128.store(sums, sum2, 32);
  v128.store(sums, sum3, 48);
  v128.store(sums, sum4, 64);
}

/**
 * 3 neighbouring taps of one filter row: adds to `sums` the products of dy with x shifted by each,
 * over a whole plane whose width is even. Two sums per tap shorten the chains of additions.
 */
@inline
function taps3(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  xRow: usize,
  step: usize,
): void {
  let sum0 = v128.load(sums, 0);
  let sum1 = v128.load(sums, 16);
  let sum2 = v128.load(sums, 32);
  let more0 = zero();
  let more1 = zero();
  let more2 = zero();
  for (let row = 0; row < height; ++row) {
    let p = x;
    if (step == 16) {
      for (let column = 0; column < width; column += 2) {
        const d0 = v128.load(dy);
        const d1 = v128.load(dy, 16);
        const x0 = v128.load(p, 0);
        sum0 = multiplyAdd(sum0, x0, d0);
        const x1 = v128.load(p, 16);
        sum1 = multiplyAdd(sum1, x1, d0);
        more0 = multiplyAdd(more0, x1, d1);
        const x2 = v128.load(p, 32);
        sum2 = multiplyAdd(sum2, x2, d0);
        more1 = multiplyAdd(more1, x2, d1);
        const x3 = v128.load(p, 48);
        more2 = multiplyAdd(more2, x3, d1);
        p += step * 2;
        dy += 32;
      }
    } else {
      for (let column = 0; column < width; column += 2) {
        const d0 = v128.load(dy);
        const d1 = v128.load(dy, 16);
        sum0 = multiplyAdd(sum0, v128.load(p, 0), d0);
        sum1 = multiplyAdd(sum1, v128.load(p, 16), d0);
        sum2 = multiplyAdd(sum2, v128.load(p, 32), d0);
        more0 = multiplyAdd(more0, v128.load(p + step, 0), d1);
        more1 = multiplyAdd(more1, v128.load(p + step, 16), d1);
        more2 = multiplyAdd(more2, v128.load(p + step, 32), d1);
        p += step * 2;
        dy += 32;
      }
    }
    x += xRow;
  }
  v128.store(sums, f32x4.add(sum0, more0), 0);
  v128.store(sums, f32x4.add(sum1, more1), 16);
  v128.store(sums, f32x4.add(sum2, more2), 32);
}

/**
 * 1 neighbouring taps of one filter row: adds to `sums` the products of dy with x shifted by each,
 * over a whole plane whose width is even. Two sums per tap shorten the chains of additions.
 */
@inline
function taps1(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  xRow: usize,
  step: usize,
): void {
  let sum0 = v128.load(sums, 0);
  let more0 = zero();
  for (let row = 0; row < height; ++row) {
    let p = x;
    if (step == 16) {
      for (let column = 0; column < width; column += 2) {
        const d0 = v128.load(dy);
        const d1 = v128.load(dy, 16);
        const x0 = v128.load(p, 0);
        sum0 = multiplyAdd(sum0, x0, d0);
        const x1 = v128.load(p, 16);
        more0 = multiplyAdd(more0, x1, d1);
        p += step * 2;
        dy += 32;
      }
    } else {
      for (let column = 0; column < width; column += 2) {
        const d0 = v128.load(dy);
        const d1 = v128.load(dy, 16);
        sum0 = multiplyAdd(sum0, v128.load(p, 0), d0);
        more0 = multiplyAdd(more0, v128.load(p + step, 0), d1);
        p += step * 2;
        dy += 32;
      }
    }
    x += xRow;
  }
  v128.store(sums, f32x4.add(sum0, more0), 0);
}

@inline
function planeTaps(
  x: usize,
  dy: usize,
  sums: usize,
  kh: i32,
  kw: i32,
  height: i32,
  width: i32,
  rowBytes: usize,
  strideRows: usize,
  step: usize,
): void {
  for (let i = 0; i < kh; ++i) {
    if (kw == 3) {
      taps3(x, dy, sums, height, width, rowBytes * strideRows, step);
    } else if (kw == 5) {
      taps5(x, dy, sums, height, width, rowBytes * strideRows, step);
    } else if (kw == 7) {
      taps7(x, dy, sums, height, width, rowBytes * strideRows, step);
    } else {
      for (let j: usize = 0; j < <usize>kw << 4; j += 16) {
        taps1(x + j, dy, sums + j, height, width, rowBytes * strideRows, step);
      }
    }
    x += rowBytes;
    sums += <usize>kw << 4;
  }
}

/** Adds one plane's products to the plane's sums [kh, kw, 4]. */
export function planeSums(
  x: usize,
  dy: usize,
  sums: usize,
  kh: i32,
  kw: i32,
  height: i32,
  width: i32,
  rowBytes: usize,
  stride: i32,
): void {
  if (stride == 1) planeTaps(x, dy, sums, kh, kw, height, width, rowBytes, 1, 16);
  else planeTaps(x, dy, sums, kh, kw, height, width, rowBytes, <usize>stride, <usize>stride << 4);
}
