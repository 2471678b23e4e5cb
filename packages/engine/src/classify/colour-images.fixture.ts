import { type Recipe, recipes } from '@blockwise/contracts';
import { createRandom, parseNetwork } from '@blockwise/dna';

/** For images of 6×6 in three classes. */
export const network = parseNetwork(
  'cn_k3_s1_c6 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s1_e2_c8 | hd_c16',
);

export const small: Recipe = { ...recipes['small@1'], learningRate: 0.01, weightDecay: 1e-4 };

/** Images whose brightest channel is their class. */
export function batchOf(step: number, count = 6) {
  const random = createRandom('images', step);
  const labels = Array.from({ length: count }, () => random.int(3));
  const x = new Float32Array(count * 36 * 3);
  x.forEach((_, i) => {
    const label = labels[Math.floor(i / 108)];
    x[i] = random.normal() + (i % 3 === label ? 1.5 : 0);
  });
  return { x, labels };
}

/** How many of the images are taken for what they are. */
export async function countRight(
  classifier: { guess(x: Float32Array, count: number): Promise<Uint32Array> },
  { x, labels }: ReturnType<typeof batchOf>,
): Promise<number> {
  const guesses = await classifier.guess(x, labels.length);
  return guesses.filter((guess, i) => guess === labels[i]).length;
}
