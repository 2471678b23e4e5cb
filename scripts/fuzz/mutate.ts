import type { Random } from '../../packages/dna/src/index.ts';

/** Any of them, each as likely as the others. */
export function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[random.int(items.length)] as T;
}

/** Numbers at which programs go wrong. */
const edgeNumbers = [
  ...[0, -0, 1, -1, 2, 0.5, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53],
  ...[-(2 ** 31), 2 ** 53 + 2, 1e308, 1e-308, Number.MAX_VALUE, Number.MIN_VALUE],
];
const edgeTexts = [
  ...['', ' ', '\0', '\n', '"', "'", '`', '\\', '../../etc/passwd', '/dev/zero', '%00', '$(x)'],
  ...['__proto__', 'constructor', 'toString', 'NaN', 'Infinity', '1e999', '-0', 'null', 'true'],
  ...['\ud800', '\u202e', 'ﬀ', '𝕏', '<script>alert(1)</script>', "'; DROP TABLE search; --"],
  'a'.repeat(5000),
  '['.repeat(2000),
];

/** Bytes with some of them changed, left out, doubled, or overwritten by numbers that matter. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let mutated = Uint8Array.from(bytes);
  for (let left = 1 + random.int(4); left > 0; left -= 1) {
    const at = random.int(mutated.length + 1);
    const length = Math.min(mutated.length - at, 1 + random.int(16));
    switch (random.int(7)) {
      case 0:
        mutated = mutated.slice(0, at);
        break;
      case 1:
        mutated = joined(mutated.subarray(0, at), mutated.subarray(at + length));
        break;
      case 2:
        mutated = joined(mutated.subarray(0, at + length), mutated.subarray(at));
        break;
      case 3:
        if (at < mutated.length) mutated[at] = random.int(256);
        break;
      case 4:
        if (at < mutated.length) mutated[at] = (mutated[at] ?? 0) ^ (1 << random.int(8));
        break;
      case 5:
        mutated.fill(oneOf(random, [0, 255]), at, at + length);
        break;
      default:
        if (at + 8 <= mutated.length) {
          const value = BigInt(oneOf(random, [0, 1, 7, 255, 2 ** 31, 2 ** 32 - 1, 2 ** 53]));
          new DataView(mutated.buffer).setBigUint64(at, value, random.int(2) === 0);
        }
    }
  }
  return mutated;
}

/** A text with parts of it changed, or parts of another put in. */
export function mutateText(text: string, random: Random, others: readonly string[]): string {
  let mutated = text;
  for (let left = 1 + random.int(4); left > 0; left -= 1) {
    const at = random.int(mutated.length + 1);
    const to = Math.min(mutated.length, at + random.int(20));
    const other = oneOf(random, others);
    const from = random.int(other.length + 1);
    const piece = oneOf(random, [
      '',
      oneOf(random, edgeTexts),
      String(oneOf(random, edgeNumbers)),
      other.slice(from, from + random.int(40)),
      String.fromCodePoint(random.int(0x2fff)),
      mutated.slice(at, to).repeat(1 + random.int(3)),
    ]);
    mutated = mutated.slice(0, at) + piece + mutated.slice(to);
  }
  return mutated.slice(0, 200_000);
}

/** A value as JSON has it, some of whose parts are others, gone, or where they do not belong. */
export function mutateJson(value: unknown, random: Random): unknown {
  let mutated = structuredClone(value);
  for (let left = 1 + random.int(3); left > 0; left -= 1) {
    const places = placesOf(mutated);
    if (places.length === 0) return anyValue(random, 3);
    const { holder, key } = oneOf(random, places);
    const present = holder[key];
    switch (random.int(6)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
        break;
      case 1:
        holder[key] = anyValue(random, 3);
        break;
      case 2:
        holder[key] = structuredClone(valueAt(oneOf(random, places)));
        break;
      case 3:
        holder[key] = typeof present === 'number' ? oneOf(random, edgeNumbers) : [present];
        break;
      case 4:
        if (Array.isArray(holder)) holder.push(structuredClone(present));
        else holder[oneOf(random, edgeTexts)] = structuredClone(present);
        break;
      default:
        holder[key] =
          typeof present === 'string'
            ? mutateText(present, random, edgeTexts)
            : (JSON.stringify(present) ?? '');
    }
    if (random.int(50) === 0) mutated = [mutated];
  }
  return mutated;
}

type Holder = Record<string, unknown>;

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function valueAt({ holder, key }: Place): unknown {
  return holder[key];
}

/** Anything that JSON can say. */
export function anyValue(random: Random, depth: number): unknown {
  const simple = [
    () => null,
    () => random.int(2) === 0,
    () => oneOf(random, edgeNumbers),
    () => random.int(1000),
    () => oneOf(random, edgeTexts),
  ];
  if (depth === 0) return oneOf(random, simple)();
  const items = Array.from({ length: random.int(4) }, () => depth - 1);
  return oneOf<() => unknown>(random, [
    ...simple,
    () => items.map((less) => anyValue(random, less)),
    () =>
      Object.fromEntries(items.map((less) => [oneOf(random, edgeTexts), anyValue(random, less)])),
  ])();
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
