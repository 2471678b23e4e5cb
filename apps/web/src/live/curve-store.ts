/** One curve as columns; steps ascend. */
export interface Curve {
  readonly steps: number[];
  readonly values: number[];
}

/**
 * The curves that a page shows, filled by one query and then by events. An attempt that resumes
 * sends steps again from its checkpoint on; what it sends replaces what was there.
 */
export class CurveStore {
  readonly #curves = new Map<string, Curve>();
  readonly #listeners = new Set<() => void>();
  /** Grows with every change, so that a view knows when to draw again. */
  version = 0;

  get(job: string, key: string): Curve | undefined {
    return this.#curves.get(`${job} ${key}`);
  }

  append(job: string, key: string, steps: readonly number[], values: readonly number[]): void {
    const first = steps[0];
    if (first === undefined) return;
    const id = `${job} ${key}`;
    const before = this.#curves.get(id);
    const keep = before === undefined ? 0 : countBelow(before.steps, first);
    this.#curves.set(id, {
      steps: [...(before?.steps.slice(0, keep) ?? []), ...steps],
      values: [...(before?.values.slice(0, keep) ?? []), ...values],
    });
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** How many of the ascending `steps` lie below `bound`. */
function countBelow(steps: readonly number[], bound: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? bound) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
