// Convolutions as matrix products over patches: each output pixel's receptive field is one row.

import { multiplyPanels, multiplyRows } from './mat-mul';
import { packColumns } from './pack';

/** Output pixels whose patches are laid out at a time. */
const BLOCK: i32 = 256;

/** Patches of `count` output pixels from number `first` (of n * oh * ow): [count, kh * kw * c]. */
function gatherPatches(
  x: usize,
  patches: usize,
  first: i32,
  count: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  strideRows: i32,
  strideColumns: i32,
  oh: i32,
  ow: i32,
  top: i32,
  left: i32,
): void {
  const pixelBytes = <usize>c << 2;
  const patchRowBytes = <usize>kw * pixelBytes;
  for (let pixel = first; pixel < first + count; ++pixel) {
    const ox = pixel % ow;
    const oy = (pixel / ow) % oh;
    const image = x + <usize>(pixel / (ow * oh)) * <usize>(h * w) * pixelBytes;
    const x0 = ox * strideColumns - left;
    const begin = max(0, -x0);
    const end = min(kw, w - x0);
    for (let i = 0; i < kh; ++i) {
      const row = oy * strideRows - top + i;
      if (row < 0 || row >= h || begin >= end) {
        memory.fill(patches, 0, patchRowBytes);
      } else {
        if (begin > 0) memory.fill(patches, 0, <usize>begin * pixelBytes);
        copyFloats(
          patches + <usize>begin * pixelBytes,
          image + <usize>(row * w + x0 + begin) * pixelBytes,
          (end - begin) * c,
        );
        if (end < kw) memory.fill(patches + <usize>end * pixelBytes, 0, <usize>(kw - end) * pixelBytes);
      }
      patches += patchRowBytes;
    }
  }
}

/** Short copies: a call to memory.copy costs more than the copy itself. */
@inline
function copyFloats(to: usize, from: usize, count: i32): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
  for (; index < count; ++index) {
    store<f32>(to, load<f32>(from));
    to += 4;
    from += 4;
  }
}

/** Adds patches [count, kh * kw * c] back to the pixels of dx that they were taken from. */
function scatterPatches(
  dx: usize,
  patches: usize,
  first: i32,
  count: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  strideRows: i32,
  strideColumns: i32,
  oh: i32,
  ow: i32,
  top: i32,
  left: i32,
): void {
  const pixelBytes = <usize>c << 2;
  const patchRowBytes = <usize>kw * pixelBytes;
  for (let pixel = first; pixel < first + count; ++pixel) {
    const ox = pixel % ow;
    const oy = (pixel / ow) % oh;
    const image = dx + <usize>(pixel / (ow * oh)) * <usize>(h * w) * pixelBytes;
    const x0 = ox * strideColumns - left;
    const begin = max(0, -x0);
    const end = min(kw, w - x0);
    for (let i = 0; i < kh; ++i) {
      const row = oy * strideRows - top + i;
      if (row >= 0 && row < h && begin < end) {
        addFloats(
          image + <usize>(row * w + x0 + begin) * pixelBytes,
          patches + <usize>begin * pixelBytes,
          (end - begin) * c,
        );
      }
      patches += patchRowBytes;
    }
  }
}

@inline
function addFloats(to: usize, from: usize, count: i32): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  for (; index < count; ++index) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
    from += 4;
  }
}

/**
 * out [n, oh, ow, oc] from x [n, h, w, c] and filter [kh, kw, c, oc].
 * With K = kh * kw * c, `scratch` holds 256 * K + ceil(oc / 8) * 8 * K floats.
 */
export function conv(
  x: usize,
  filter: usize,
  out: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  strideRows: i32,
  strideColumns: i32,
  oh: i32,
  ow: i32,
  oc: i32,
  top: i32,
  left: i32,
  scratch: usize,
): void {
  const k = kh * kw * c;
  const panels = scratch + <usize>(k * BLOCK) * 4;
  const pixels = n * oh * ow;
  packColumns(filter, panels, oc, 0, k, k, false, 8);
  if (k == c && strideRows == 1 && strideColumns == 1 && oh == h && ow == w) {
    // A 1 x 1 convolution: every pixel is its own patch.
    multiplyRows(x, panels, out, pixels, oc, c);
    return;
  }
  for (let first = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    gatherPatches(x, scratch, first, count, h, w, c, kh, kw, strideRows, strideColumns, oh, ow, top, left);
    multiplyRows(scratch, panels, out + <usize>first * (<usize>oc << 2), count, oc, k);
  }
}

/**
 * dfilter [kh, kw, c, oc] from x [n, h, w, c] and dy [n, oh, ow, oc].
 * With K = kh * kw * c, `scratch` holds 256 * (K + ceil(K / 4) * 4 + ceil(oc / 8) * 8) floats.
 */
export function convFilterGrad(
  x: usize,
  dy: usize,
  dfilter: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  strideRows: i32,
  strideColumns: i32,
  oh: i32,
  ow: i32,
  oc: i32,
  top: i32,
  left: i32,
  scratch: usize,
): void {
  const k = kh * kw * c;
  const aPanels = scratch + <usize>(k * BLOCK) * 4;
  const bPanels = aPanels + <usize>(((k + 3) & ~3) * BLOCK) * 4;
  const pixels = n * oh * ow;
  for (let first = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    gatherPatches(x, scratch, first, count, h, w, c, kh, kw, strideRows, strideColumns, oh, ow, top, left);
    packColumns(scratch, aPanels, k, 0, count, count, false, 4);
    packColumns(dy, bPanels, oc, first, count, pixels, false, 8);
    multiplyPanels(aPanels, bPanels, dfilter, k, oc, count, first > 0);
  }
}

/**
 * dx [n, h, w, c] from dy [n, oh, ow, oc] and filter [kh, kw, c, oc].
 * With K = kh * kw * c, `scratch` holds 256 * K + oc * ceil(K / 8) * 8 floats.
 */
export function convInputGrad(
  dy: usize,
  filter: usize,
  dx: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  strideRows: i32,
  strideColumns: i32,
  oh: i32,
  ow: i32,
  oc: i32,
  top: i32,
  left: i32,
  scratch: usize,
): void {
  const k = kh * kw * c;
  const panels = scratch + <usize>(k * BLOCK) * 4;
  const pixels = n * oh * ow;
  packColumns(filter, panels, k, 0, oc, oc, true, 8);
  memory.fill(dx, 0, <usize>(n * h * w) * (<usize>c << 2));
  for (let first = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    multiplyRows(dy + <usize>first * (<usize>oc << 2), panels, scratch, count, k, oc);
    scatterPatches(dx, scratch, first, count, h, w, c, kh, kw, strideRows, strideColumns, oh, ow, top, left);
  }
}
