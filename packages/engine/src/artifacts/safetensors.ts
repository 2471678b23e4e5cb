import { decodeFloats, type FloatType, floatTypes } from './float-decoding.ts';
import type { NamedArray, NamedArrays } from './named-arrays.ts';
import { elements, malformed, readHeader, type SafetensorsMetadata } from './safetensors-header.ts';

export interface Safetensors {
  readonly arrays: NamedArrays;
  readonly metadata: SafetensorsMetadata;
}

/**
 * Float32 arrays in the safetensors format: eight bytes of header length (little-endian), a JSON
 * header padded with spaces to a multiple of eight, and the values in the order of the map. The
 * same arrays always give the same bytes.
 */
export function writeSafetensors(
  arrays: NamedArrays,
  metadata: SafetensorsMetadata = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let bytes = 0;
  for (const [name, { shape, data }] of arrays) {
    if (elements(shape) !== data.length || name === '__metadata__') {
      throw new Error(`The array ${name} of shape [${shape}] holds ${data.length} values.`);
    }
    header[name] = { dtype: 'F32', shape, data_offsets: [bytes, bytes + 4 * data.length] };
    bytes += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + bytes);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(text, 8);
  let offset = 8 + headerBytes;
  for (const { data } of arrays.values()) {
    for (let i = 0; i < data.length; i++) view.setFloat32(offset + 4 * i, data[i] as number, true);
    offset += 4 * data.length;
  }
  return file;
}

/**
 * Reads arrays of float32, float16 and bfloat16, all as float32; the header is checked before any
 * value is used. Arrays that `skips` names are left out, whatever their type.
 *
 * @throws DomainError BAD_INPUT that says what is wrong with the bytes
 */
export function readSafetensors(
  bytes: Uint8Array,
  skips: (name: string) => boolean = () => false,
): Safetensors {
  const { entries, metadata } = readHeader(bytes);
  const arrays = new Map<string, NamedArray>();
  for (const { name, dtype, shape, begin, end } of entries) {
    if (skips(name)) continue;
    if (!isFloatType(dtype)) {
      throw malformed(`${name} is of type ${dtype}; only ${floatTypes.join(', ')} are read`);
    }
    arrays.set(name, { shape, data: decodeFloats(bytes.subarray(begin, end), dtype) });
  }
  return { arrays, metadata };
}

function isFloatType(type: string): type is FloatType {
  return (floatTypes as readonly string[]).includes(type);
}
