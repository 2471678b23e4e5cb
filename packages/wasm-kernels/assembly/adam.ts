import { loadLanes, multiplyAdd, storeLanes } from './lanes';

@inline
function adamQuad(
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  beta1: v128,
  beta2: v128,
  rest1: v128,
  rest2: v128,
  stepSize: v128,
  rootCorrection2: v128,
  epsilon: v128,
  weightDecay: v128,
  keep: v128,
  lanes: i32,
): void {
  const value = loadLanes(param, lanes);
  const gradient = multiplyAdd(loadLanes(grad, lanes), value, weightDecay);
  const first = f32x4.add(f32x4.mul(loadLanes(m, lanes), beta1), f32x4.mul(gradient, rest1));
  const second = f32x4.add(
    f32x4.mul(loadLanes(v, lanes), beta2),
    f32x4.mul(f32x4.mul(gradient, gradient), rest2),
  );
  storeLanes(m, first, lanes);
  storeLanes(v, second, lanes);
  const denominator = f32x4.add(f32x4.div(f32x4.sqrt(second), rootCorrection2), epsilon);
  storeLanes(
    param,
    f32x4.sub(f32x4.mul(value, keep), f32x4.div(f32x4.mul(stepSize, first), denominator)),
    lanes,
  );
}

/**
 * One Adam step in place on `size` elements.
 * stepSize = learningRate / (1 - beta1^step), rootCorrection2 = sqrt(1 - beta2^step); `keep` is the
 * share of the parameter that decoupled decay leaves.
 */
export function adamStep(
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  size: i32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  stepSize: f32,
  rootCorrection2: f32,
  epsilon: f32,
  weightDecay: f32,
  keep: f32,
): void {
  const beta1s = f32x4.splat(beta1);
  const beta2s = f32x4.splat(beta2);
  const rest1s = f32x4.splat(rest1);
  const rest2s = f32x4.splat(rest2);
  const stepSizes = f32x4.splat(stepSize);
  const corrections = f32x4.splat(rootCorrection2);
  const epsilons = f32x4.splat(epsilon);
  const decays = f32x4.splat(weightDecay);
  const keeps = f32x4.splat(keep);
  let offset: usize = 0;
  const whole = (<usize>size & ~3) << 2;
  for (; offset < whole; offset += 16) {
    adamQuad(
      param + offset, grad + offset, m + offset, v + offset,
      beta1s, beta2s, rest1s, rest2s, stepSizes, corrections, epsilons, decays, keeps, 4,
    );
  }
  if (size & 3) {
    adamQuad(
      param + offset, grad + offset, m + offset, v + offset,
      beta1s, beta2s, rest1s, rest2s, stepSizes, corrections, epsilons, decays, keeps, size & 3,
    );
  }
}
