/** One curve as columns of one length; steps ascend. */
export interface Curve {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Room for points to come, so that a curve that grows is not copied for each of them. */
interface Growing {
  steps: Int32Array;
  values: Float64Array;
  count: number;
  /** What is there, as it was last asked for. */
  curve: Curve | undefined;
}

/**
 * The curves that a page shows, filled by one query and then by events. An attempt that resumes
 * sends steps again from its checkpoint on; what it sends replaces what was there.
 */
export class CurveStore {
  readonly #curves = new Map<string, Growing>();
  readonly #listeners = new Set<() => void>();
  /** Grows with every change, so that a view knows when to draw again. */
  version = 0;

  /** The same object until the curve changes. */
  get(job: string, key: string): Curve | undefined {
    const found = this.#curves.get(`${job} ${key}`);
    if (found === undefined) return undefined;
    found.curve ??= {
      steps: found.steps.subarray(0, found.count),
      values: found.values.subarray(0, found.count),
    };
    return found.curve;
  }

  append(job: string, key: string, steps: ArrayLike<number>, values: ArrayLike<number>): void {
    const first = steps[0];
    if (first === undefined) return;
    const id = `${job} ${key}`;
    const before = this.#curves.get(id);
    const keep = before === undefined ? 0 : countBelow(before.steps, before.count, first);
    const count = keep + steps.length;
    // What is replaced may be on a screen: its columns stay as they were.
    const isReplaced = before !== undefined && keep < before.count;
    const grown =
      before === undefined || isReplaced || count > before.steps.length
        ? withRoomFor(count, before, keep)
        : before;
    grown.steps.set(steps, keep);
    grown.values.set(values, keep);
    grown.count = count;
    grown.curve = undefined;
    this.#curves.set(id, grown);
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

function withRoomFor(count: number, before: Growing | undefined, keep: number): Growing {
  const room = Math.max(64, 2 * count);
  const steps = new Int32Array(room);
  const values = new Float64Array(room);
  if (before !== undefined) {
    steps.set(before.steps.subarray(0, keep));
    values.set(before.values.subarray(0, keep));
  }
  return { steps, values, count: 0, curve: undefined };
}

/** How many of the first `count` ascending `steps` lie below `bound`. */
function countBelow(steps: Int32Array, count: number, bound: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? bound) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
