import {
  readState,
  UnreadableCheckpoint,
  writeState,
} from '../../../apps/trainer/src/compute/resume.ts';
import { mutateBytes, mutateJson } from '../mutate.ts';
import type { Target } from '../target.ts';
import { withHeader } from './safetensors.ts';

/** Checkpoints that have the right hash, but are of another version or network. */
export async function openCheckpoint(): Promise<Target> {
  const step = 40;
  const arrays = new Map([['w', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]]);
  const file = writeState(step, { arrays, sums: { correct: 17, steps: 40 } });
  return {
    feed(random, show) {
      const bytes =
        random.int(2) === 0
          ? mutateBytes(file, random)
          : withHeader(file, (header) => mutateJson(header, random));
      show(bytes);
      try {
        readState({ step, bytes });
        return 'taken';
      } catch (error) {
        if (error instanceof UnreadableCheckpoint) return 'refused';
        throw error;
      }
    },
  };
}
