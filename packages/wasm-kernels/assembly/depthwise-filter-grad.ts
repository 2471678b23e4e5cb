// Gradient of a depthwise filter, over planes of four channels (see packPlanes).

import { planeSums } from './depthwise-filter-plane';
import { storeLanes } from './lanes';
import { packPlanes } from './pack';

/** Adds one image's products to `sums`; `image` is for as many floats, ceil(c / 4) * 4 * kh * kw. */
export function addPlaneSums(
  planes: usize,
  dyPlanes: usize,
  sums: usize,
  image: usize,
  c: i32,
  kh: i32,
  kw: i32,
  stride: i32,
  oh: i32,
  planeWidth: i32,
  planeBytes: usize,
  dyWidth: i32,
  dyPlaneBytes: usize,
): void {
  const quads = <usize>((c + 3) >> 2);
  const tapsBytes = <usize>(kh * kw) << 4;
  memory.fill(image, 0, quads * tapsBytes);
  for (let quad: usize = 0; quad < quads; ++quad) {
    planeSums(
      planes + quad * planeBytes, dyPlanes + quad * dyPlaneBytes, image + quad * tapsBytes,
      kh, kw, oh, dyWidth, <usize>planeWidth << 4, stride,
    );
  }
  for (let o: usize = 0; o < quads * tapsBytes; o += 16) {
    v128.store(sums + o, f32x4.add(v128.load(sums + o), v128.load(image + o)));
  }
}

/** Sums in quads of channels, as planes have them, to a filter [taps, c]. */
export function storeTaps(sums: usize, dfilter: usize, c: i32, taps: i32): void {
  for (let channel = 0; channel < c; channel += 4) {
    const lanes = min(4, c - channel);
    for (let tap = 0; tap < taps; ++tap) {
      storeLanes(dfilter + (<usize>(tap * c + channel) << 2), v128.load(sums), lanes);
      sums += 16;
    }
  }
}

/**
 * dfilter [kh, kw, c] from x [n, h, w, c] and dy [n, oh, ow, c]. dy's planes are oh high and
 * dyWidth (ow rounded up to an even number) wide. `sums` holds ceil(c / 4) * 8 * kh * kw floats:
 * one image's sums are finished before they join the batch's, which keeps rounding small.
 */
export function depthwiseFilterGrad(
  x: usize,
  dy: usize,
  dfilter: usize,
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
  dyWidth: i32,
  dyPlaneBytes: usize,
  dyPlanes: usize,
  sums: usize,
): void {
  const quads = <usize>((c + 3) >> 2);
  const pixelBytes = <usize>c << 2;
  const tapsBytes = <usize>(kh * kw) << 4;
  const image0 = sums + quads * tapsBytes;
  memory.fill(planes, 0, quads * planeBytes);
  memory.fill(dyPlanes, 0, quads * dyPlaneBytes);
  memory.fill(sums, 0, quads * tapsBytes);
  for (let image = 0; image < n; ++image) {
    packPlanes(x, planes, h, w, c, planeHeight, planeWidth, planeBytes, top, left);
    packPlanes(dy, dyPlanes, oh, ow, c, oh, dyWidth, dyPlaneBytes, 0, 0);
    addPlaneSums(
      planes, dyPlanes, sums, image0, c, kh, kw, stride, oh, planeWidth, planeBytes, dyWidth, dyPlaneBytes,
    );
    x += <usize>(h * w) * pixelBytes;
    dy += <usize>(oh * ow) * pixelBytes;
  }
  storeTaps(sums, dfilter, c, kh * kw);
}
