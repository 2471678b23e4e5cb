import { describe, expect, it } from 'vitest';
import { addAt, matMul } from '../oracle.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

/** n, h, w, c, o around every edge: 4 rows, 8 columns, 64 summed rows. */
const sizes: [number, number, number, number, number][] = [
  [1, 1, 1, 1, 1],
  [2, 1, 1, 4, 8],
  [3, 2, 3, 5, 3],
  [2, 3, 3, 7, 9],
  [2, 8, 8, 8, 4],
  [2, 5, 13, 12, 17],
  [1, 14, 14, 24, 10],
];

function inputs([n, h, w, c, o]: [number, number, number, number, number]) {
  return { x: filled([n, h, w, c], 1), gate: filled([n, c], 2), kernel: filled([c, o], 3) };
}

describe('GatedPointwise', () => {
  useWasm();

  it.each(sizes)('%i images of %i x %i, %i to %i channels', (n, h, w, c, o) => {
    const { x, gate, kernel } = inputs([n, h, w, c, o]);
    const gated = Array.from(values(x), (value, i) => {
      const image = Math.floor(i / (h * w * c));
      return value * (values(gate)[image * c + (i % c)] ?? Number.NaN);
    });
    const [out] = run('GatedPointwise', { x, gate, kernel });
    expect(out?.shape).toEqual([n, h, w, o]);
    expectClose(out, matMul(gated, values(kernel), [n * h * w, c, o], false, false));
  });

  it('refuses a gate of another size', () => {
    const { x, kernel } = inputs([2, 3, 3, 4, 5]);
    const gate = filled([2, 5], 2);
    expect(() => run('GatedPointwise', { x, gate, kernel })).toThrow('gate must have shape [2,4]');
  });
});

describe('GatedPointwiseGrad', () => {
  useWasm();

  it.each(sizes)('%i images of %i x %i, %i to %i channels', (n, h, w, c, o) => {
    const { x, gate, kernel } = inputs([n, h, w, c, o]);
    const dy = filled([n, h, w, o], 4);
    const rows = n * h * w;
    const gates = values(gate);
    const dgated = matMul(values(dy), values(kernel), [rows, o, c], false, true);
    const dgate = new Float64Array(n * c);
    const gated = new Float64Array(rows * c);
    const dx = dgated.map((gradient, i) => {
      const at = Math.floor(i / (h * w * c)) * c + (i % c);
      addAt(dgate, at, gradient * (values(x)[i] ?? Number.NaN));
      gated[i] = (values(x)[i] ?? Number.NaN) * (gates[at] ?? Number.NaN);
      return gradient * (gates[at] ?? Number.NaN);
    });
    const outputs = run('GatedPointwiseGrad', { dy, x, gate, kernel });
    expect(outputs.map(({ shape }) => shape)).toEqual([x.shape, gate.shape, kernel.shape]);
    expectClose(outputs[0], dx);
    expectClose(outputs[1], dgate);
    expectClose(outputs[2], matMul(gated, values(dy), [c, rows, o], true, false));
  });
});
