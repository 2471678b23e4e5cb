import { reportOf } from './reports.ts';

const longestMilliseconds = 60_000;

/** What became of the reports at all subscribers together. Times are milliseconds. */
export interface ReceiptTotals {
  /** Points that came, each counted for every subscriber. */
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Of every report: until the last subscriber had it. */
  readonly untilAll: readonly number[];
}

/** Counts times by whole milliseconds: a run has millions of them. */
export class Receipts {
  readonly #counts = new Uint32Array(longestMilliseconds + 1);
  readonly #untilAll = new Map<string, number>();

  /** A point of a curve that was sent at `sent` and came at `now`. */
  add(job: string, step: number, sent: number, now: number): void {
    const milliseconds = Math.max(0, now - sent);
    const slot = Math.min(Math.ceil(milliseconds), longestMilliseconds);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    const report = `${job} ${reportOf(step)}`;
    this.#untilAll.set(report, Math.max(milliseconds, this.#untilAll.get(report) ?? 0));
  }

  totals(): ReceiptTotals {
    const count = this.#counts.reduce((sum, each) => sum + each, 0);
    const quantile = (share: number): number => {
      let seen = 0;
      for (const [milliseconds, each] of this.#counts.entries()) {
        seen += each;
        if (seen >= share * count) return milliseconds;
      }
      return longestMilliseconds;
    };
    return {
      count,
      ...{ p50: quantile(0.5), p95: quantile(0.95), max: quantile(1) },
      untilAll: [...this.#untilAll.values()],
    };
  }
}
