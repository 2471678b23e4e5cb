/** Works off pieces in the order in which they came, some of them at once. */
export class WorkQueue {
  readonly #atOnce: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** @param piece must not fail */
  push(piece: () => Promise<void>): void {
    this.#waiting.push(piece);
    this.#pump();
  }

  #pump(): void {
    while (this.#running < this.#atOnce) {
      const piece = this.#waiting.shift();
      if (!piece) return;
      this.#running += 1;
      void piece().finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
  }
}
