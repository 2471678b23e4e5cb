// A 1 x 1 convolution of x [images, pixels, c] times a gate [images, c] (squeeze-and-excitation's):
// the gate scales the kernel's rows, image by image, so that x is read once and no product is stored.

import { multiplyAdd, sumLanes, zero } from './lanes';
import { matMulColumns, multiplyRows } from './mat-mul';
import { packColumns } from './pack';

/** Panels of eight columns (see packColumns), each of the k rows times its gate. */
function scaleRows(panels: usize, gate: usize, scaled: usize, panelCount: i32, k: i32): void {
  for (let panel = 0; panel < panelCount; ++panel) {
    for (let row: usize = 0; row < <usize>k << 2; row += 4) {
      const factor = v128.load32_splat(gate + row);
      v128.store(scaled, f32x4.mul(v128.load(panels), factor));
      v128.store(scaled, f32x4.mul(v128.load(panels, 16), factor), 16);
      panels += 32;
      scaled += 32;
    }
  }
}

/** Panels of eight columns, each column times its gate; `gate` is readable to whole panels. */
function scaleColumns(panels: usize, gate: usize, scaled: usize, panelCount: i32, k: i32): void {
  for (let panel = 0; panel < panelCount; ++panel) {
    const low = v128.load(gate);
    const high = v128.load(gate, 16);
    for (let row = 0; row < k; ++row) {
      v128.store(scaled, f32x4.mul(v128.load(panels), low));
      v128.store(scaled, f32x4.mul(v128.load(panels, 16), high), 16);
      panels += 32;
      scaled += 32;
    }
    gate += 32;
  }
}

/**
 * out [images, pixels, o] = (x * gate) . kernel, with kernel [c, o].
 * `scratch` holds 2 * ceil(o / 8) * 8 * c floats.
 */
export function gatedPointwise(
  x: usize,
  gate: usize,
  kernel: usize,
  out: usize,
  images: i32,
  pixels: i32,
  c: i32,
  o: i32,
  scratch: usize,
): void {
  const panelCount = (o + 7) >> 3;
  const scaled = scratch + (<usize>(panelCount * c) << 5);
  packColumns(kernel, scratch, o, 0, c, c, false, 8);
  for (let image = 0; image < images; ++image) {
    scaleRows(scratch, gate, scaled, panelCount, c);
    multiplyRows(x, scaled, out, pixels, o, c);
    x += <usize>(pixels * c) << 2;
    out += <usize>(pixels * o) << 2;
    gate += <usize>c << 2;
  }
}

/**
 * What one image adds to the kernel's gradient, and its gate's, from the products [c, o] of its x
 * and dy summed over pixels: dkernel += gate * products, dgate = the sum over o of kernel * products.
 */
function addProducts(
  products: usize,
  kernel: usize,
  gate: usize,
  dkernel: usize,
  dgate: usize,
  c: i32,
  o: i32,
): void {
  for (let channel = 0; channel < c; ++channel) {
    const factor = v128.load32_splat(gate);
    let sum = zero();
    let column = 0;
    for (; column + 4 <= o; column += 4) {
      const product = v128.load(products);
      sum = multiplyAdd(sum, product, v128.load(kernel));
      v128.store(dkernel, multiplyAdd(v128.load(dkernel), product, factor));
      products += 16;
      kernel += 16;
      dkernel += 16;
    }
    let total = sumLanes(sum);
    for (; column < o; ++column) {
      const product = load<f32>(products);
      total += product * load<f32>(kernel);
      store<f32>(dkernel, load<f32>(dkernel) + product * load<f32>(gate));
      products += 4;
      kernel += 4;
      dkernel += 4;
    }
    store<f32>(dgate, total);
    gate += 4;
    dgate += 4;
  }
}

/**
 * Gradients of gatedPointwise for dy [images, pixels, o].
 * With C and O being c and o rounded up to eights, `scratch` holds
 * 2 C o + C + c o + 64 (C + O) floats.
 */
export function gatedPointwiseGrad(
  dy: usize,
  x: usize,
  gate: usize,
  kernel: usize,
  dx: usize,
  dgate: usize,
  dkernel: usize,
  images: i32,
  pixels: i32,
  c: i32,
  o: i32,
  scratch: usize,
): void {
  const panelCount = (c + 7) >> 3;
  const panelBytes = <usize>(panelCount * o) << 5;
  const scaled = scratch + panelBytes;
  const paddedGate = scaled + panelBytes;
  const products = paddedGate + (<usize>panelCount << 5);
  const rest = products + (<usize>(c * o) << 2);
  packColumns(kernel, scratch, c, 0, o, o, true, 8);
  memory.fill(paddedGate, 0, <usize>panelCount << 5);
  memory.fill(dkernel, 0, <usize>(c * o) << 2);
  for (let image = 0; image < images; ++image) {
    matMulColumns(x, dy, products, c, o, pixels, false, rest);
    addProducts(products, kernel, gate, dkernel, dgate, c, o);
    memory.copy(paddedGate, gate, <usize>c << 2);
    scaleColumns(scratch, paddedGate, scaled, panelCount, o);
    multiplyRows(dy, scaled, dx, pixels, c, o);
    x += <usize>(pixels * c) << 2;
    dx += <usize>(pixels * c) << 2;
    dy += <usize>(pixels * o) << 2;
    gate += <usize>c << 2;
    dgate += <usize>c << 2;
  }
}
