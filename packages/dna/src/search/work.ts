/** A search would take longer than it was given. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

/**
 * Counts what a search does, in units of about a hundred-millionth of a second: partial networks
 * made, pairs compared. Unlike a clock it ends a search at the same place on every machine.
 */
export class Work {
  private readonly most: number;
  private done = 0;

  constructor(most: number) {
    this.most = most;
  }

  get spent(): number {
    return this.done;
  }

  /** @throws TooMuchWork where that is more than is left */
  spend(units: number): void {
    this.done += units;
    if (this.done > this.most) {
      throw new TooMuchWork('a search has used up its work');
    }
  }
}
