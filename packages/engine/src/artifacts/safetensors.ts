import { DomainError } from '@blockwise/contracts';
import type { NamedArray, NamedArrays } from './named-arrays.ts';

/** Text about the arrays, for example their layout. */
export type SafetensorsMetadata = Readonly<Record<string, string>>;

export interface Safetensors {
  readonly arrays: NamedArrays;
  readonly metadata: SafetensorsMetadata;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;

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
 * Reads float32 arrays. The header is checked before any value is used: lengths, types, shapes,
 * and that the arrays cover the data without gap or overlap.
 *
 * @throws DomainError BAD_INPUT that says what is wrong with the bytes
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw malformed(`it has ${bytes.length} bytes`);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > maxHeaderBytes || 8 + headerBytes > bytes.length) {
    throw malformed(`its header claims ${headerBytes} bytes of ${bytes.length - 8}`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes));
  const start = 8 + headerBytes;
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value));
  checkCoverage(entries, bytes.length - start);
  const arrays = new Map<string, NamedArray>();
  for (const { name, shape, begin, end } of entries) {
    const data = new Float32Array((end - begin) / 4);
    for (let i = 0; i < data.length; i++) {
      data[i] = view.getFloat32(start + begin + 4 * i, true);
    }
    arrays.set(name, { shape, data });
  }
  return { arrays, metadata: parseMetadata(header.__metadata__) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isRecord(header)) return header;
  } catch (cause) {
    throw malformed('its header is not JSON', cause);
  }
  throw malformed('its header is not an object');
}

function parseEntry(name: string, value: unknown): Entry {
  if (!isRecord(value)) throw malformed(`the entry of ${name} is not an object`);
  if (value.dtype !== 'F32') {
    throw malformed(`${name} is of type ${String(value.dtype)}; only F32 is read`);
  }
  const { shape, data_offsets: offsets } = value;
  if (!isSizes(shape)) throw malformed(`the shape of ${name} is not a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw malformed(`the offsets of ${name} are not two positions`);
  }
  const [begin, end] = offsets as [number, number];
  if (end - begin !== 4 * elements(shape)) {
    throw malformed(`${name} of shape [${shape}] has ${end - begin} bytes`);
  }
  return { name, shape, begin, end };
}

function checkCoverage(entries: readonly Entry[], dataBytes: number): void {
  let position = 0;
  for (const { name, begin, end } of [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== position) throw malformed(`${name} begins at ${begin}, not at ${position}`);
    position = end;
  }
  if (position !== dataBytes) {
    throw malformed(`its arrays take ${position} bytes, but ${dataBytes} follow the header`);
  }
}

function parseMetadata(value: unknown): SafetensorsMetadata {
  if (value === undefined) return {};
  if (!isRecord(value)) throw malformed('its metadata is not an object');
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw malformed(`its metadata ${key} is not text`);
      return [key, text];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function malformed(reason: string, cause?: unknown): DomainError {
  return new DomainError('BAD_INPUT', `This is not a valid safetensors file: ${reason}.`, {
    cause,
  });
}
