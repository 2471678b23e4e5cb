import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';

/** How many losses make up what is normal. */
const normalSteps = 20;

const arrayName = 'divergence.first_losses';

/**
 * Notices a training that has diverged: a loss that is not finite, or more than `explodesAt` times
 * the median of the first 20 steps' losses (within them, of those so far).
 */
export class ExplosionWatch {
  readonly #explodesAt: number;
  #first: readonly number[] = [];

  /** @param explodesAt infinite: only losses that are not finite count */
  constructor(explodesAt: number) {
    this.#explodesAt = explodesAt;
  }

  /** What is wrong with a loss, as the end of a sentence; undefined when nothing is. */
  faultOf(loss: number): string | undefined {
    if (!Number.isFinite(loss)) return `is ${loss}`;
    const normal = median(this.#first);
    if (normal === undefined || normal <= 0 || loss <= this.#explodesAt * normal) return undefined;
    return (
      `is ${loss.toPrecision(4)}, more than ${this.#explodesAt} times ${normal.toPrecision(4)}, ` +
      'the median of the first steps'
    );
  }

  /** Takes the loss of a step as normal, if it is one of the first. */
  observe(loss: number): void {
    // As a checkpoint keeps it, so that a training that is restored compares with the same median.
    if (this.#first.length < normalSteps) this.#first = [...this.#first, Math.fround(loss)];
  }

  read(): Map<string, NamedArray> {
    const data = Float32Array.from(this.#first);
    return new Map(data.length === 0 ? [] : [[arrayName, { shape: [data.length], data }]]);
  }

  /** Replaces what was observed by what {@link read} gave. */
  write(arrays: NamedArrays): void {
    this.#first = [...(arrays.get(arrayName)?.data ?? [])];
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
