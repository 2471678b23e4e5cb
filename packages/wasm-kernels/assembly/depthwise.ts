// Depthwise convolution over planes of four channels (see packPlanes).

import { planeRows } from './depthwise-plane';
import { packFilter, packPlanes } from './pack';

/** One image's outputs [oh, ow, c] from its planes and a filter packed by packFilter. */
export function filterPlanes(
  planes: usize,
  packed: usize,
  out: usize,
  c: i32,
  kh: i32,
  kw: i32,
  stride: i32,
  oh: i32,
  ow: i32,
  planeWidth: i32,
  planeBytes: usize,
): void {
  const pixelBytes = <usize>c << 2;
  for (let channel = 0; channel < c; channel += 4) {
    planeRows(
      planes, packed, kh, kw, <usize>planeWidth << 4, stride, out + (<usize>channel << 2),
      <usize>ow * pixelBytes, pixelBytes, oh, ow, min(4, c - channel),
    );
    planes += planeBytes;
    packed += <usize>(kh * kw) << 4;
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
    filterPlanes(planes, packed, out, c, kh, kw, stride, oh, ow, planeWidth, planeBytes);
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
 * One image's dx [h, w, c] from dy's planes, in which dy lies from (planeTop, planeLeft). The filter's
 * phases are put into `packed` when `pack`, and found there otherwise.
 * Inputs whose (row + top) and (column + left) have the same remainders modulo the stride use the
 * same taps: each such phase is a convolution of dy with stride 1 and the flipped taps.
 */
export function inputGradFromPlanes(
  planes: usize,
  filter: usize,
  dx: usize,
  pack: bool,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  stride: i32,
  top: i32,
  left: i32,
  planeTop: i32,
  planeLeft: i32,
  planeWidth: i32,
  planeBytes: usize,
  packed: usize,
): void {
  const pixelBytes = <usize>c << 2;
  let phasePacked = packed;
  for (let phaseRow = 0; phaseRow < min(stride, h); ++phaseRow) {
    const firstRow = (phaseRow + top) % stride;
    const rows = phaseTaps(kh, firstRow, stride);
    const sourceRow = planeTop + (phaseRow + top) / stride - (rows - 1);
    for (let phaseColumn = 0; phaseColumn < min(stride, w); ++phaseColumn) {
      const firstColumn = (phaseColumn + left) % stride;
      const columns = phaseTaps(kw, firstColumn, stride);
      const sourceColumn = planeLeft + (phaseColumn + left) / stride - (columns - 1);
      if (pack) {
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
}

/** dx [n, h, w, c] from dy [n, oh, ow, c] and filter [kh, kw, c]; see inputGradFromPlanes. */
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
    inputGradFromPlanes(
      planes, filter, dx, image == 0, h, w, c, kh, kw, stride, top, left, planeTop, planeLeft,
      planeWidth, planeBytes, packed,
    );
    dy += <usize>(oh * ow) * pixelBytes;
    dx += imageBytes;
  }
}
