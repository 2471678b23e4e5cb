import { DomainError } from '@blockwise/contracts';

/** Text about the arrays, for example their layout. */
export type SafetensorsMetadata = Readonly<Record<string, string>>;

/** One array of a file; `begin` and `end` count bytes from the file's start. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: SafetensorsMetadata;
}

/** Bytes of one element, by the format's names of types. */
const elementBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
} as const;

export type ElementType = keyof typeof elementBytes;

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;

/**
 * Reads what a file holds, and checks it: lengths, types, shapes, and that the arrays cover the data
 * without gap or overlap.
 *
 * @throws DomainError BAD_INPUT that says what is wrong with the bytes
 */
export function readHeader(bytes: Uint8Array): SafetensorsHeader {
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
    .map(([name, value]) => parseEntry(name, value, start));
  checkCoverage(entries, start, bytes.length);
  return { entries, metadata: parseMetadata(header.__metadata__) };
}

/** How many elements an array of a shape has. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function malformed(reason: string, cause?: unknown): DomainError {
  return new DomainError('BAD_INPUT', `This is not a valid safetensors file: ${reason}.`, {
    cause,
  });
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

function parseEntry(name: string, value: unknown, start: number): SafetensorsEntry {
  if (!isRecord(value)) throw malformed(`the entry of ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isElementType(dtype)) throw malformed(`${name} is of the unknown type ${String(dtype)}`);
  if (!isSizes(shape)) throw malformed(`the shape of ${name} is not a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw malformed(`the offsets of ${name} are not two positions`);
  }
  const [begin, end] = offsets as [number, number];
  if (end - begin !== elementBytes[dtype] * elements(shape)) {
    throw malformed(`${name} of shape [${shape}] has ${end - begin} bytes`);
  }
  return { name, dtype, shape, begin: start + begin, end: start + end };
}

function checkCoverage(
  entries: readonly SafetensorsEntry[],
  start: number,
  fileBytes: number,
): void {
  let position = start;
  for (const { name, begin, end } of [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== position) {
      throw malformed(`${name} begins at ${begin - start}, not at ${position - start}`);
    }
    position = end;
  }
  if (position !== fileBytes) {
    throw malformed(
      `its arrays take ${position - start} bytes, but ${fileBytes - start} follow the header`,
    );
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

function isElementType(value: unknown): value is ElementType {
  return typeof value === 'string' && Object.hasOwn(elementBytes, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
