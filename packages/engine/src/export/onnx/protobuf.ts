/**
 * Writes the fields of one protocol-buffers message (https://protobuf.dev/programming-guides/encoding),
 * as far as ONNX needs it: varints, 32-bit floats, and everything with a length.
 */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** A non-negative integer. */
  int(field: number, value: number | bigint): this {
    return this.#push(varint(tag(field, 0)), varint(value));
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#push(varint(tag(field, 5)), bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#push(varint(tag(field, 2)), varint(value.length), value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    return this.#push(varint(tag(field, 2)), varint(value.#length), ...value.#parts);
  }

  encode(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  #push(...parts: Uint8Array[]): this {
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
    return this;
  }
}

/** How a value lies in the bytes: 0 varint, 2 with a length, 5 four bytes. */
type WireType = 0 | 2 | 5;

function tag(field: number, wire: WireType): number {
  return (field << 3) | wire;
}

/** Seven bits a byte, the lowest first; the high bit says that more follow. */
function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt(value);
  if (rest < 0n) throw new Error(`${value} is negative.`);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}
