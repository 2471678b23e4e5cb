// Depthwise convolution over planes of four channels (see packPlanes).

import { multiplyAdd, storeLanes, zero } from './lanes';
import { packFilter, packPlanes } from './pack';

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
function planeRows(
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

/**
 * out [n, oh, ow, c] from x [n, h, w, c] and filter [kh, kw, c].
 * `planes` holds ceil(c / 4) * planeBytes bytes, planeBytes >= planeHeight * planeWidth * 16;
 * `packed` holds ceil(c / 4) * 4 * kh * kw floats.
 */
export function depthwise(
  x: usize,
  filter: usize,
  out: usize,
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
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  planes: usize,
  packed: usize,
): void {
  const quads = <usize>((c + 3) >> 2);
  const pixelBytes = <usize>c << 2;
  packFilter(filter, packed, c, kw, 0, 0, 1, kh, kw, false);
  memory.fill(planes, 0, quads * planeBytes);
  for (let image = 0; image < n; ++image) {
    packPlanes(x, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left);
    let plane = planes;
    let taps = packed;
    for (let channel = 0; channel < c; channel += 4) {
      planeRows(
        plane, taps, kh, kw, <usize>planeWidth << 4, stride, out + (<usize>channel << 2),
        <usize>ow * pixelBytes, pixelBytes, oh, ow, min(4, c - channel),
      );
      plane += planeBytes;
      taps += <usize>(kh * kw) << 4;
    }
    x += <usize>(h * w) * pixelBytes;
    out += <usize>(oh * ow) * pixelBytes;
  }
}

/** Taps of a filter of size k that reach inputs of one phase, the first of them being `first`. */
@inline
function phaseTaps(k: i32, first: i32, stride: i32): i32 {
  return first < k ? (k - 1 - first) / stride + 1 : 0;
}

/**
 * dx [n, h, w, c] from dy [n, oh, ow, c] and filter [kh, kw, c].
 * Inputs whose (row + top) and (column + left) have the same remainders modulo the stride use the
 * same taps: each such phase is a convolution of dy with stride 1 and the flipped taps.
 * dy lies in its planes from (planeTop, planeLeft).
 */
export function depthwiseInputGrad(
  dy: usize,
  filter: usize,
  dx: usize,
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
): void {
  const quads = <usize>((c + 3) >> 2);
  const pixelBytes = <usize>c << 2;
  const imageBytes = <usize>(h * w) * pixelBytes;
  memory.fill(planes, 0, quads * planeBytes);
  for (let image = 0; image < n; ++image) {
    packPlanes(dy, planes, oh, ow, c, planeHeight, planeWidth, planeBytes, planeTop, planeLeft);
    let phasePacked = packed;
    for (let phaseRow = 0; phaseRow < min(stride, h); ++phaseRow) {
      const firstRow = (phaseRow + top) % stride;
      const rows = phaseTaps(kh, firstRow, stride);
      const sourceRow = planeTop + (phaseRow + top) / stride - (rows - 1);
      for (let phaseColumn = 0; phaseColumn < min(stride, w); ++phaseColumn) {
        const firstColumn = (phaseColumn + left) % stride;
        const columns = phaseTaps(kw, firstColumn, stride);
        const sourceColumn = planeLeft + (phaseColumn + left) / stride - (columns - 1);
        if (image == 0) {
          packFilter(filter, phasePacked, c, kw, firstRow, firstColumn, stride, rows, columns, true);
        }
        let source = planes + (<usize>(sourceRow * planeWidth + sourceColumn) << 4);
        for (let channel = 0; channel < c; channel += 4) {
          planeRows(
            source, phasePacked, rows, columns, <usize>planeWidth << 4, 1,
            dx + <usize>(phaseRow * w + phaseColumn) * pixelBytes + (<usize>channel << 2),
            <usize>(stride * w) * pixelBytes, <usize>stride * pixelBytes,
            (h - phaseRow + stride - 1) / stride, (w - phaseColumn + stride - 1) / stride,
            min(4, c - channel),
          );
          source += planeBytes;
          phasePacked += <usize>(rows * columns) << 4;
        }
      }
    }
    dy += <usize>(oh * ow) * pixelBytes;
    dx += imageBytes;
  }
}
