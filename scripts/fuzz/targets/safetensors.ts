import { readSafetensors, writeSafetensors } from '../../../packages/engine/src/index.ts';
import { mutateBytes, mutateJson, oneOf } from '../mutate.ts';
import { answerOf, type Target } from '../target.ts';

const arrays = new Map([
  ['blocks.0.conv.weight', { shape: [3, 3, 2, 4], data: new Float32Array(72).fill(0.5) }],
  ['blocks.0.bn.bias', { shape: [4], data: Float32Array.of(1, 2, 3, 4) }],
  ['empty', { shape: [0], data: new Float32Array(0) }],
]);

/** Files of weights: bytes, and headers that are JSON but wrong. */
export async function openSafetensors(): Promise<Target> {
  const files = [
    writeSafetensors(arrays, { format: 'pt', step: '3' }),
    writeSafetensors(new Map()),
  ];
  return {
    feed(random, show) {
      const file = oneOf(random, files);
      const bytes =
        random.int(2) === 0
          ? mutateBytes(file, random)
          : withHeader(file, (header) => mutateJson(header, random));
      show(bytes);
      return answerOf(() => {
        for (const [name, { shape, data }] of readSafetensors(bytes).arrays) {
          const count = shape.reduce((product, size) => product * size, 1);
          if (count !== data.length)
            throw new Error(`${name} has ${data.length} of ${count} values`);
        }
      });
    },
  };
}

/** The file with another header, whose length is right. */
export function withHeader(
  file: Uint8Array,
  change: (header: unknown) => unknown,
): Uint8Array<ArrayBuffer> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  const text = new TextEncoder().encode(JSON.stringify(change(header)) ?? '');
  const changed = new Uint8Array(8 + text.length + file.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(text.length), true);
  changed.set(text, 8);
  changed.set(file.subarray(8 + length), 8 + text.length);
  return changed;
}
