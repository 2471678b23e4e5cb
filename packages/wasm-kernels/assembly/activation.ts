// Activation codes, shared with src/activation.ts: 0 none, 1 relu, 2 swish, 3 hardSwish.

import { multiplyAdd, zero } from './lanes';

/**
 * e^-x for four lanes, relative error below 2e-7 on [-88, 87]; inputs beyond are clamped.
 * -x = n ln2 - r with |r| <= ln2 / 2 (ln2 in two parts, after Cody and Waite), then a polynomial
 * 1 - r + r^2 (...), the minimax fit of e^-r in relative error (1.05e-7), times 2^n put together
 * from its bits. pmin and pmax are one instruction each, and keep NaN when it is their first operand.
 */
@inline
function expNegative(x: v128): v128 {
  const magic = f32x4.splat(12582912); // 1.5 * 2^23: adding it rounds to an integer
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(87)), f32x4.splat(-88));
  const shifted = f32x4.sub(magic, f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  const n = f32x4.sub(shifted, magic);
  let r = multiplyAdd(x, n, f32x4.splat(0.693359375));
  r = multiplyAdd(r, n, f32x4.splat(-2.12194440e-4));
  const square = f32x4.mul(r, r);
  const low = multiplyAdd(f32x4.splat(0.4999923110), r, f32x4.splat(-0.1666711420));
  const high = multiplyAdd(f32x4.splat(0.0418901220), r, f32x4.splat(-0.0083125243));
  const p = f32x4.sub(f32x4.mul(multiplyAdd(low, high, square), square), r);
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  return f32x4.mul(f32x4.add(p, f32x4.splat(1)), power);
}

@inline
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, expNegative(x)));
}

/** min(max(z + 3, 0), 6) / 6. pmin and pmax keep a NaN that is their first operand. */
@inline
function hardSigmoid(z: v128): v128 {
  const shifted = f32x4.add(z, f32x4.splat(3));
  const clipped = f32x4.pmin(f32x4.pmax(shifted, zero()), f32x4.splat(6));
  return f32x4.mul(clipped, f32x4.splat(0.16666667163372040));
}

@inline
export function activate(z: v128, activation: i32): v128 {
  if (activation == 1) return f32x4.pmax(z, zero());
  if (activation == 2) return f32x4.mul(z, sigmoid(z));
  if (activation == 3) return f32x4.mul(z, hardSigmoid(z));
  return z;
}

/** The gradient at z of the activation, times dy. */
@inline
export function activationGradient(dy: v128, z: v128, activation: i32): v128 {
  if (activation == 1) return v128.and(dy, f32x4.gt(z, zero()));
  if (activation == 2) {
    const s = sigmoid(z);
    const one = f32x4.splat(1);
    return f32x4.mul(dy, f32x4.mul(s, multiplyAdd(one, z, f32x4.sub(one, s))));
  }
  if (activation == 3) {
    // z / 3 + 1 / 2 between -3 and 3, beyond them 0 and 1.
    const inner = multiplyAdd(f32x4.splat(0.5), z, f32x4.splat(0.33333334326744080));
    const above = v128.bitselect(f32x4.splat(1), inner, f32x4.gt(z, f32x4.splat(3)));
    return f32x4.mul(dy, v128.andnot(above, f32x4.lt(z, f32x4.splat(-3))));
  }
  return dy;
}

/**
 * What an activation multiplies z with: its value is z * gate, so that value and gradient at one
 * point share the exponential. For relu the lanes are 0 or 1.
 */
@inline
export function gateOf(z: v128, activation: i32): v128 {
  const one = f32x4.splat(1);
  if (activation == 1) return v128.and(one, f32x4.gt(z, zero()));
  if (activation == 2) return sigmoid(z);
  if (activation == 3) return hardSigmoid(z);
  return one;
}

/** The gradient at z of the activation whose gate there is `gate`, times dy. */
@inline
export function gatedGradient(dy: v128, z: v128, gate: v128, activation: i32): v128 {
  if (activation == 2) {
    const one = f32x4.splat(1);
    return f32x4.mul(dy, f32x4.mul(gate, multiplyAdd(one, z, f32x4.sub(one, gate))));
  }
  return activationGradient(dy, z, activation);
}
