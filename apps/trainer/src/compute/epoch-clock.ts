import { performance } from 'node:perf_hooks';
import type { Reporter } from './reporter.ts';

/**
 * How a training spends its time: the points `data_wait` (share of the time in which it waited for
 * images or features, 0..1) and `images_per_second` of every epoch. An epoch that was resumed in its
 * middle is measured from there.
 */
export class EpochClock {
  readonly #now: () => number;
  #startedAt: number;
  #waited = 0;
  #images = 0;

  /** @param now milliseconds from any moment on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Asks for data and waits for it; small images are made while asking. */
  async wait<T>(ask: () => Promise<T>): Promise<T> {
    const from = this.#now();
    try {
      return await ask();
    } finally {
      this.#waited += this.#now() - from;
    }
  }

  /** A step is done. */
  trained(images: number): void {
    this.#images += images;
  }

  /** An epoch ends at a step; the next one begins when {@link begin} is called, or now. */
  report(reporter: Pick<Reporter, 'point'>, step: number): void {
    const milliseconds = this.#now() - this.#startedAt;
    // Steps that took no time by the clock tell nothing.
    if (milliseconds > 0) {
      reporter.point('data_wait', step, this.#waited / milliseconds);
      reporter.point('images_per_second', step, (1000 * this.#images) / milliseconds);
    }
    this.begin();
  }

  /** What comes from now on counts; what was between two epochs (a validation) does not. */
  begin(): void {
    this.#startedAt = this.#now();
    this.#waited = 0;
    this.#images = 0;
  }
}
