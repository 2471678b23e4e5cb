import { describe, expect, it } from 'vitest';
import { addAt } from '../oracle.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

const shapes: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [2, 1, 3, 2],
  [3, 2, 2, 3],
  [2, 3, 3, 4],
  [1, 5, 5, 7],
  [2, 7, 3, 16],
  [3, 4, 4, 21],
];

describe('kernels over the pixels of each channel', () => {
  useWasm();

  it.each(shapes)('SpatialMean and its gradient, [%i, %i, %i, %i]', (n, h, w, c) => {
    const x = filled([n, h, w, c], 1);
    const oracle = new Float64Array(n * c);
    values(x).forEach((value, i) => {
      addAt(oracle, Math.floor(i / (h * w * c)) * c + (i % c), value / (h * w));
    });
    const [mean] = run('SpatialMean', { x });
    expect(mean?.shape).toEqual([n, c]);
    expectClose(mean, oracle, 1e-6);

    const dy = filled([n, c], 2);
    const [dx] = run('SpatialMeanGrad', { dy }, { height: h, width: w });
    expect(dx?.shape).toEqual([n, h, w, c]);
    const spread = Array.from(values(x), (_, i) => {
      return (values(dy)[Math.floor(i / (h * w * c)) * c + (i % c)] ?? Number.NaN) / (h * w);
    });
    expectClose(dx, spread, 1e-6);
  });

  it.each(shapes)('ChannelGate and its gradient, [%i, %i, %i, %i]', (n, h, w, c) => {
    const x = filled([n, h, w, c], 1);
    const dy = filled([n, h, w, c], 2);
    const gate = filled([n, c], 3);
    const gateIndex = (i: number) => Math.floor(i / (h * w * c)) * c + (i % c);
    const gated = (tensor: typeof x) =>
      Array.from(values(tensor), (v, i) => v * (values(gate)[gateIndex(i)] ?? Number.NaN));
    const [out] = run('ChannelGate', { x, gate });
    expect(out?.shape).toEqual([n, h, w, c]);
    expectClose(out, gated(x), 1e-6);

    const [dx, dgate] = run('ChannelGateGrad', { dy, x, gate });
    expectClose(dx, gated(dy), 1e-6);
    const sums = new Float64Array(n * c);
    const dyValues = values(dy);
    values(x).forEach((value, i) => {
      addAt(sums, gateIndex(i), value * (dyValues[i] ?? Number.NaN));
    });
    expectClose(dgate, sums, 1e-6);
  });

  it('refuses a gate of another shape', () => {
    const inputs = { x: filled([2, 3, 3, 4], 1), gate: filled([2, 5], 2) };
    expect(() => run('ChannelGate', inputs)).toThrow('gate must have shape [2,4]');
  });
});
