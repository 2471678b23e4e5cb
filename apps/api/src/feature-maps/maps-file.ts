import type { FeatureMapsRow } from '@blockwise/db';

type Shape = readonly number[];

/**
 * Feature maps as a safetensors file (https://github.com/huggingface/safetensors): eight bytes of header length,
 * a JSON header padded with spaces to a multiple of eight, and the values as they are stored. Its arrays are
 * `teacher` and `student`, float32 of [samples, size, size, channels].
 *
 * @param values little-endian 32-bit floats: the teacher's maps, then the path's
 */
export function mapsFile(
  { path, samples, made }: FeatureMapsRow,
  shape: Shape,
  values: Uint8Array,
): Buffer {
  const half = values.length / 2;
  const entry = (from: number) => ({ dtype: 'F32', shape, data_offsets: [from, from + half] });
  const metadata = {
    ...{ path, samples: samples.join(','), layout: 'NHWC' },
    ...(made && { loss: String(made.loss), mse: String(made.mse) }),
  };
  const header = { __metadata__: metadata, teacher: entry(0), student: entry(half) };
  const text = JSON.stringify(header);
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, Buffer.from(padded, 'ascii'), values]);
}
