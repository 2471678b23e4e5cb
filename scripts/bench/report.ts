import type { Spread } from './statistics.ts';

/** Everything that a run of the bench found: the JSON file. Times are milliseconds. */
export interface Report {
  /** ISO 8601. */
  readonly date: string;
  /** Commit of the checkout; null outside of one. */
  readonly commit: string | null;
  /** Whether files differed from that commit. */
  readonly changed: boolean;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly contenders: readonly ContenderReport[];
  readonly rows: readonly RowReport[];
}

export interface Machine {
  readonly processor: string;
  /** Threads that the system offers. */
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Processes waiting for a core in the minute before: what else was going on. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** What there was to measure, or why not. */
export interface ContenderReport {
  readonly name: string;
  readonly device: string | null;
  readonly versions: Readonly<Record<string, string>> | null;
  /** Why it was not measured; null where it was. */
  readonly reason: string | null;
}

export interface RowReport {
  readonly name: string;
  readonly title: string;
  readonly entries: readonly EntryReport[];
}

/** One contender in one row. */
export interface EntryReport {
  readonly name: string;
  /** Runs that were timed, after a warm-up. */
  readonly runs: number;
  /** Of the time of a run; null where it failed. */
  readonly wall: Spread | null;
  /** Of the processor time of all threads of a run. */
  readonly cpu: Spread | null;
  /** By wall time, from the median. */
  readonly imagesPerSecond: number | null;
  /** Its time over another's of the same row, over the rounds. */
  readonly ratio: { readonly of: string; readonly wall: Spread; readonly cpu: Spread } | null;
  readonly note: string | null;
  /** Why there are no times. */
  readonly failure: string | null;
}
