import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const arrays = new Map([
  ['conv_stem.weight', { shape: [1, 2, 3], data: Float32Array.of(1, -2, 0.5, 1e-30, 3e38, -0) }],
  ['classifier.bias', { shape: [2], data: Float32Array.of(7, 8) }],
  ['empty', { shape: [0], data: new Float32Array() }],
]);

function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (shape: unknown, offsets: unknown, dtype = 'F32') => ({
  a: { dtype, shape, data_offsets: offsets },
});

describe('safetensors', () => {
  it('reads what it wrote, from any position of a larger buffer', () => {
    const metadata = { layout: 'NHWC', note: 'ä' };
    const bytes = writeSafetensors(arrays, metadata);
    expect(bytes).toEqual(writeSafetensors(arrays, metadata));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = readSafetensors(shifted.subarray(3));
    expect(read.metadata).toEqual(metadata);
    expect([...read.arrays]).toEqual([...arrays]);
  });

  it('follows the published layout: length, padded JSON, values', () => {
    const bytes = writeSafetensors(new Map([['a', { shape: [1], data: Float32Array.of(1) }]]));
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes));
    expect(JSON.parse(header)).toEqual({ __metadata__: {}, ...entry([1], [0, 4]) });
    expect([...bytes.subarray(8 + headerBytes)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it.each([
    // 1, −2, the least subnormal, the largest, infinity: as their bit patterns.
    ['F16', [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00], [1, -2, 2 ** -24, 65504, Infinity]],
    ['BF16', [0x3f80, 0xc000, 0x3dcd, 0x7f80], [1, -2, 0.10009765625, Infinity]],
  ])('reads %s as float32', (type, patterns, expected) => {
    const file = fileOf(entry([patterns.length], [0, 2 * patterns.length], type), 0);
    const bytes = new Uint8Array(file.length + 2 * patterns.length);
    bytes.set(file);
    const view = new DataView(bytes.buffer, file.length);
    patterns.forEach((pattern, i) => {
      view.setUint16(2 * i, pattern, true);
    });
    expect([...(readSafetensors(bytes).arrays.get('a')?.data ?? [])]).toEqual(expected);
  });

  it('leaves out what it is told to, of any type', () => {
    const file = fileOf(entry([], [0, 8], 'I64'), 8);
    expect(readSafetensors(file, (name) => name === 'a').arrays.size).toBe(0);
  });

  it('refuses an array that does not fill its shape', () => {
    const wrong = new Map([['a', { shape: [2, 2], data: new Float32Array(3) }]]);
    expect(() => writeSafetensors(wrong)).toThrow('[2,2] holds 3 values');
  });

  it.each([
    ['too short', new Uint8Array(5), '5 bytes'],
    ['a header beyond the end', fileOf('{}', 0).subarray(0, 9), 'header claims'],
    ['a header that is not JSON', fileOf('{', 0), 'not JSON'],
    ['a header that is a list', fileOf([], 0), 'not an object'],
    ['integers', fileOf(entry([1], [0, 4], 'I32'), 4), 'type I32'],
    ['a type that there is not', fileOf(entry([1], [0, 4], 'F12'), 4), 'unknown type F12'],
    ['too few bytes for its type', fileOf(entry([1], [0, 4], 'F16'), 4), 'has 4 bytes'],
    ['a negative size', fileOf(entry([-1], [0, 4]), 4), 'not a list of sizes'],
    ['one offset', fileOf(entry([1], [0]), 4), 'two positions'],
    ['too few bytes for the shape', fileOf(entry([2], [0, 4]), 4), 'has 4 bytes'],
    ['a gap', fileOf(entry([1], [4, 8]), 8), 'begins at 4'],
    ['bytes left over', fileOf(entry([1], [0, 4]), 8), '8 follow'],
    ['data cut off', fileOf(entry([1], [0, 4]), 2), '2 follow'],
    ['metadata that is not text', fileOf({ __metadata__: { a: 1 } }, 0), 'metadata a'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining(message),
      }),
    );
  });
});
