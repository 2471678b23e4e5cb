import { DomainError } from '@blockwise/contracts';

/** What checks of one input refuse, in their order. A bug in a check is thrown on. */
export class Faults {
  readonly #found: DomainError[] = [];

  get found(): readonly DomainError[] {
    return this.#found;
  }

  add(fault: DomainError): void {
    this.#found.push(fault);
  }

  /** What a check answers, or null when it refuses. */
  of<Result>(check: () => Result): Result | null {
    try {
      return check();
    } catch (error) {
      return this.#keep(error);
    }
  }

  /** As {@link of}, for a check that takes a while. */
  async ofAsync<Result>(check: () => Promise<Result>): Promise<Result | null> {
    try {
      return await check();
    } catch (error) {
      return this.#keep(error);
    }
  }

  /** @throws DomainError the first fault, if there is one */
  throwFirst(): void {
    const [first] = this.#found;
    if (first !== undefined) throw first;
  }

  #keep(error: unknown): null {
    if (!(error instanceof DomainError)) throw error;
    this.#found.push(error);
    return null;
  }
}
