import { loadLanes, storeLanes, sumLanes, zero } from './lanes';

/** Elements summed in float32 before the partial sum moves to float64. */
const BLOCK: i32 = 256;

@inline
function term(a: usize, b: usize, squared: bool, lanes: i32): v128 {
  const difference = f32x4.sub(loadLanes(a, lanes), loadLanes(b, lanes));
  return squared ? f32x4.mul(difference, difference) : f32x4.abs(difference);
}

@inline
function errorMean(a: usize, b: usize, size: i32, squared: bool): f32 {
  let total: f64 = 0;
  let index = 0;
  while (index < size) {
    const end = min(index + BLOCK, size);
    let sum0 = zero();
    let sum1 = zero();
    for (; index + 8 <= end; index += 8) {
      const offset = <usize>index << 2;
      sum0 = f32x4.add(sum0, term(a + offset, b + offset, squared, 4));
      sum1 = f32x4.add(sum1, term(a + offset + 16, b + offset + 16, squared, 4));
    }
    for (; index + 4 <= end; index += 4) {
      const offset = <usize>index << 2;
      sum0 = f32x4.add(sum0, term(a + offset, b + offset, squared, 4));
    }
    if (index < end) {
      const offset = <usize>index << 2;
      sum1 = f32x4.add(sum1, term(a + offset, b + offset, squared, end - index));
      index = end;
    }
    total += <f64>sumLanes(f32x4.add(sum0, sum1));
  }
  return <f32>(total / <f64>size);
}

export function squaredErrorMean(a: usize, b: usize, out: usize, size: i32): void {
  store<f32>(out, errorMean(a, b, size, true));
}

export function absoluteErrorMean(a: usize, b: usize, out: usize, size: i32): void {
  store<f32>(out, errorMean(a, b, size, false));
}

/** da = dy * 2 (a - b) / size, where dy is a scalar. */
export function squaredErrorMeanGrad(dy: usize, a: usize, b: usize, da: usize, size: i32): void {
  const factor = f32x4.splat((load<f32>(dy) * 2) / <f32>size);
  const whole = (<usize>size & ~3) << 2;
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const difference = f32x4.sub(v128.load(a + offset), v128.load(b + offset));
    v128.store(da + offset, f32x4.mul(difference, factor));
  }
  if (size & 3) {
    const lanes = size & 3;
    const difference = f32x4.sub(loadLanes(a + offset, lanes), loadLanes(b + offset, lanes));
    storeLanes(da + offset, f32x4.mul(difference, factor), lanes);
  }
}
