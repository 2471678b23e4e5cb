import { type Network, networkOf, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../artifacts/named-arrays.ts';
import { readSafetensors, writeSafetensors } from '../artifacts/safetensors.ts';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { NetworkModel, networkParameters } from '../network.ts';
import { relativeError } from '../tolerance.ts';
import { theirShape } from './layouts.ts';
import { readTimm, writeTimm } from './timm.ts';
import { readExpected, timmClasses, timmFile, timmNetworks } from './timm-fixture.ts';

const name = 'timm-tf_efficientnet-w0.25-d0.5';
const timmNetwork = timmNetworks[name] as Network;

/** The fixture's arrays in PyTorch's layouts, changed by `change`, as a file. */
function changed(change: (arrays: Map<string, NamedArray>) => void): Uint8Array {
  const { arrays } = readSafetensors(timmFile(name), isCounter);
  const copy = new Map(arrays);
  change(copy);
  return writeSafetensors(copy);
}

const isCounter = (parameter: string) => parameter.endsWith('tracked');

const zeros = (...shape: number[]): NamedArray => ({
  shape,
  data: new Float32Array(tf.util.sizeFromShape(shape)),
});

describeEngines('weights of timm', (engine) => {
  it.each(Object.entries(timmNetworks))(
    '%s computes what timm computes',
    async (given, network) => {
      await openEngine(engine);
      const { x, logits, blocks } = readExpected(given);
      const weights = readTimm(timmFile(given), network, timmClasses);
      const model = new NetworkModel({ network, classes: timmClasses, seed: 0, weights });
      tf.tidy(() => {
        const shape = x.shape as [number, number, number, number];
        const images = tf.tensor4d(Float32Array.from(x.data), shape);
        const mode = { kind: 'eval' } as const;
        expect(relativeError(model.forward(images, mode).dataSync(), logits.data)).toBeLessThan(
          1e-4,
        );
        const [, ...features] = model.features(images, blocks.length, mode);
        features.forEach((output, index) => {
          const expected = blocks[index];
          expect(output.shape).toEqual(expected?.shape);
          const values = output.dataSync();
          expect(relativeError(values.slice(0, 16), expected?.first16 ?? [])).toBeLessThan(1e-4);
          const { mean, variance } = tf.moments(output);
          const deviation = Math.sqrt(variance.dataSync()[0] as number);
          // timm's deviation is that of a sample.
          const factor = Math.sqrt(values.length / (values.length - 1));
          expect(relativeError([deviation * factor], [expected?.std ?? 0])).toBeLessThan(1e-4);
          const offset = (mean.dataSync()[0] as number) - (expected?.mean ?? 0);
          expect(Math.abs(offset) / deviation).toBeLessThan(1e-4);
        });
      });
      model.dispose();
    },
  );
});

describe('readTimm', () => {
  it('reads what writeTimm writes, and writes what it read', () => {
    const weights = readTimm(timmFile(name), timmNetwork, timmClasses);
    const bytes = writeTimm(weights, timmNetwork, timmClasses);
    expect(readTimm(bytes, timmNetwork, timmClasses)).toEqual(weights);
    const written = readSafetensors(bytes).arrays;
    const original = readSafetensors(timmFile(name), isCounter).arrays;
    expect(new Map([...written].sort())).toEqual(new Map([...original].sort()));
  });

  it('lists missing, unexpected and misshapen names, the first of each, with their number', () => {
    const bytes = changed((arrays) => {
      arrays.delete('blocks.3.1.se.conv_reduce.bias');
      arrays.set('conv_stem.weight', zeros(8, 3, 5, 5));
      for (let i = 0; i < 11; i++) arrays.set(`extra.${i}`, zeros(1));
    });
    const read = () => readTimm(bytes, timmNetwork, timmClasses);
    expect(read).toThrow(expect.objectContaining({ code: 'WEIGHTS_MISMATCH' }));
    expect(read).toThrow('1 missing (blocks.3.1.se.conv_reduce.bias)');
    const extra = Array.from({ length: 11 }, (_, i) => `extra.${i}`);
    expect(read).toThrow(`11 unexpected (${extra.join(', ')})`);
    expect(read).toThrow(
      '1 of another shape (conv_stem.weight [8,3,5,5] where [8,3,3,3] is needed)',
    );
  });

  it("refuses another network's file, and one cut off", () => {
    const b0 = networkOf('tf_efficientnet_b0');
    expect(() => readTimm(timmFile(name), b0, 1000)).toThrow(/\d+ missing .*\d+ of another shape/);
    const half = timmFile(name).subarray(0, 400_000);
    expect(() => readTimm(half, timmNetwork, timmClasses)).toThrow(
      expect.objectContaining({
        code: 'WEIGHTS_MISMATCH',
        message: expect.stringContaining('not a valid safetensors file'),
      }),
    );
  });

  it('draws a new classifier for other classes when it is allowed to', () => {
    expect(() => readTimm(timmFile(name), timmNetwork, 4)).toThrow('classifier.weight [10,320]');
    const own = readTimm(timmFile(name), timmNetwork, timmClasses);
    const kept = readTimm(timmFile(name), timmNetwork, timmClasses, { classifierSeed: 1 });
    expect(kept).toEqual(own);
    const fresh = readTimm(timmFile(name), timmNetwork, 4, { classifierSeed: 1 });
    expect(fresh.get('classifier.weight')?.shape).toEqual([320, 4]);
    expect(fresh.get('classifier.bias')).toEqual(zeros(4));
    expect(fresh.get('conv_head.weight')).toEqual(own.get('conv_head.weight'));
    const missing = changed((arrays) => arrays.delete('classifier.bias'));
    expect(() => readTimm(missing, timmNetwork, 4, { classifierSeed: 1 })).toThrow('1 missing');
  });

  it('reads float16 files', () => {
    const network = parseNetwork('cn_k1_c1 | cn_k1_c1 | hd');
    const specs = networkParameters(network, 1);
    const header: Record<string, unknown> = {};
    specs.forEach((spec, i) => {
      const size = tf.util.sizeFromShape(theirShape(spec));
      expect(size).toBe(spec.name === 'conv_stem.weight' ? 3 : 1);
      const begin = 2 * (i === 0 ? 0 : i + 2);
      const entry = {
        dtype: 'F16',
        shape: theirShape(spec),
        data_offsets: [begin, begin + 2 * size],
      };
      header[spec.name] = entry;
    });
    const text = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + text.length + 2 * (specs.length + 2));
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    for (let at = 8 + text.length; at < bytes.length; at += 2) view.setUint16(at, 0x3c00, true);
    const weights = readTimm(bytes, network, 1);
    expect([...weights.values()].every(({ data }) => data.every((value) => value === 1))).toBe(
      true,
    );
  });
});
