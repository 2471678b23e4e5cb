/**
 * Wakes those who wait for something to do. Take `rings` before looking, then wait from there: a
 * ring between the look and the wait is not missed.
 */
export class Doorbell {
  #rings = 0;
  #waiting = new Set<() => void>();

  get rings(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings += 1;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves when it rings, at once if it rang since `rings` was taken, or after the time. */
  wait(rings: number, milliseconds?: number): Promise<void> {
    if (rings !== this.#rings) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
    });
  }
}
