/**
 * Writes one after the other, in the order in which they were asked for, while the work that asks
 * goes on. After the first failure nothing more is written.
 */
export class WriteChain {
  readonly #onFailure: () => void;
  #tail: Promise<void> = Promise.resolve();
  #failed: { readonly error: unknown } | null = null;

  /** `onFailure` is told at once, so that the work need not go on for nothing. */
  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  push(write: () => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#failed) return;
      try {
        await write();
      } catch (error) {
        this.#failed = { error };
        this.#onFailure();
      }
    });
  }

  /** Resolves when everything asked for is written; rejects with the first failure. */
  async drained(): Promise<void> {
    await this.#tail;
    if (this.#failed) throw this.#failed.error;
  }
}
