// Loads and stores of one quad (four float32 channels), whole or cut off at the last channel.
// Callers pass the literal 4 for whole quads, so that the branch folds away when inlined.

@inline
export function loadLanes(address: usize, lanes: i32): v128 {
  if (lanes == 4) return v128.load(address);
  let quad = v128.load32_zero(address);
  if (lanes > 1) quad = v128.load_lane<f32>(address + 4, quad, 1);
  if (lanes > 2) quad = v128.load_lane<f32>(address + 8, quad, 2);
  return quad;
}

@inline
export function storeLanes(address: usize, quad: v128, lanes: i32): void {
  if (lanes == 4) {
    v128.store(address, quad);
  } else {
    v128.store_lane<f32>(address, quad, 0);
    if (lanes > 1) v128.store_lane<f32>(address + 4, quad, 1);
    if (lanes > 2) v128.store_lane<f32>(address + 8, quad, 2);
  }
}

@inline
export function zero(): v128 {
  return f32x4.splat(0);
}

/**
 * accumulator + a * b. Processors with a fused multiply-add round it once, others twice: results are
 * the same from run to run, but only machines of one kind agree to the last bit.
 */
@inline
export function multiplyAdd(accumulator: v128, a: v128, b: v128): v128 {
  return f32x4.relaxed_madd(a, b, accumulator);
}

/** Sum of the four lanes, in a fixed order. */
@inline
export function sumLanes(quad: v128): f32 {
  return (
    f32x4.extract_lane(quad, 0) +
    f32x4.extract_lane(quad, 1) +
    (f32x4.extract_lane(quad, 2) + f32x4.extract_lane(quad, 3))
  );
}
