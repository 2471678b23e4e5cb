import { DomainError, type SearchSpec } from '@blockwise/contracts';
import { BeyondRetry } from './beyond-retry.ts';
import { isOutOfMemory } from './out-of-memory.ts';

export interface MicroBatchOptions {
  /** Images that go through the engine at once; null: all there are. */
  readonly size: number | null;
  readonly onOutOfMemory: SearchSpec['onOutOfMemory'];
  /** Told in words, whenever the size was halved. */
  readonly onHalved?: (words: string) => void;
}

/** Memory did not suffice to move parameters: some have moved, and the step cannot be done again. */
export class HalfMoved extends BeyondRetry {
  override readonly name = 'HalfMoved';

  constructor(cause: unknown) {
    super(`The parameters were moved in part. ${reasonOf(cause)}`, { cause });
  }
}

/**
 * How many images go through the engine at once. A pass for which memory does not suffice is done
 * again with half as many, down to one, where that is wanted; the size that worked stays.
 */
export class MicroBatch {
  readonly #options: MicroBatchOptions;
  #size: number | null;

  constructor(options: MicroBatchOptions) {
    this.#options = options;
    this.#size = options.size;
  }

  /** So many images at once, whatever happens. Null: all there are. */
  static fixed(size: number | null): MicroBatch {
    return new MicroBatch({ size, onOutOfMemory: 'fail' });
  }

  /** Images at once by now; null: all there are. */
  get size(): number | null {
    return this.#size;
  }

  /**
   * Does `work`, again with fewer images after it ran out of memory. A failed `work` must leave
   * nothing on the engine and change nothing.
   *
   * @param images how many there are
   * @param what is computed, with its shapes, as a sentence begins: "The rating of … of 64 images"
   * @throws DomainError OUT_OF_MEMORY when it cannot be done with fewer
   */
  async run<T>(images: number, what: string, work: (size: number) => Promise<T>): Promise<T> {
    for (;;) {
      const size = Math.min(this.#size ?? images, images);
      try {
        return await work(size);
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        const reason = reasonOf(error);
        const told = `${what}, ${size} at once, needs more memory than the engine has (${reason})`;
        if (this.#options.onOutOfMemory === 'fail' || size < 2 || error instanceof BeyondRetry) {
          throw new DomainError('OUT_OF_MEMORY', `${told}.`, { cause: error });
        }
        this.#size = Math.floor(size / 2);
        this.#options.onHalved?.(`${told}; it goes on with ${this.#size} at once.`);
      }
    }
  }
}

/** An error's words without the full stop. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, '');
}
