import { DomainError } from '@blockwise/contracts';

/**
 * Random search at equal cost: the accuracy to expect of the best of `draws` networks taken at
 * random, without replacement, from those whose accuracies are known. In closed form: with
 * accuracies a₁ ≤ … ≤ a_N the best is a_k with probability C(k − 1, draws − 1) / C(N, draws).
 *
 * @throws DomainError BAD_INPUT where there are fewer networks than draws, or no draw
 */
export function bestOfRandom(accuracies: readonly number[], draws: number): number {
  const count = accuracies.length;
  if (!Number.isInteger(draws) || draws < 1 || draws > count) {
    throw new DomainError(
      'BAD_INPUT',
      `The number of draws must be a whole number from 1 to ${count}, the number of networks.`,
      { path: ['draws'] },
    );
  }
  const ascending = accuracies.toSorted((a, b) => a - b);
  let expected = 0;
  let probability = draws / count;
  for (let k = count; k >= draws; k--) {
    expected += probability * (ascending[k - 1] as number);
    if (k > 1) probability *= (k - draws) / (k - 1);
  }
  return expected;
}
