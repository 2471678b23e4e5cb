import { afterEach, describe, expect, it, vi } from 'vitest';

const base64 = ({ buffer }: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>) =>
  Buffer.from(buffer).toString('base64');

/** As where it is called: in Node, or in a browser, which has no `Buffer`. */
async function unpackerIn(place: 'Node' | 'a browser') {
  vi.resetModules();
  if (place === 'a browser') vi.stubGlobal('Buffer', undefined);
  const { unpackCurve } = await import('./unpack-curve.ts');
  vi.unstubAllGlobals();
  return unpackCurve;
}

describe.each(['Node', 'a browser'] as const)('unpackCurve in %s', (place) => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([0, 1, 2, 3, 7, 10_000])('reads every bit of %d points', async (count) => {
    const steps = Int32Array.from({ length: count }, (_, i) => i - 2 ** 31);
    const values = Float64Array.from(
      { length: count },
      (_, i) => [1 / 3, -0, 5e-324, 1e300][i % 4] ?? 0,
    );
    const wallTimes = Float64Array.from({ length: count }, (_, i) => 1_700_000_000 + i / 7);
    const unpackCurve = await unpackerIn(place);
    const curve = unpackCurve({
      steps: base64(steps),
      values: base64(values),
      wallTimes: base64(wallTimes),
    });
    expect(curve).toEqual({ steps, values, wallTimes });
    expect(curve.values.buffer.byteLength).toBe(8 * count);
  });
});
