import type { Report } from '../report.ts';
import type { ApiFigureName } from './figures.ts';

/** What was measured of a figure. Times are milliseconds. */
export type Measured =
  | { readonly times: readonly number[]; readonly note: string | null }
  /** Why there are no times. */
  | { readonly failure: string };

export interface FigureReport {
  readonly name: ApiFigureName;
  readonly what: string;
  readonly goalMs: number;
  readonly runs: number;
  /** Null where it failed. */
  readonly medianMs: number | null;
  readonly worstMs: number | null;
  readonly note: string | null;
  readonly failure: string | null;
}

/** A statement with its values left out, as Postgres counts them. */
export interface QueryReport {
  readonly query: string;
  readonly calls: number;
  readonly meanMs: number;
  readonly totalMs: number;
}

/** Everything that `npm run bench -- api` found: the JSON file. */
export interface ApiReport extends Omit<Report, 'contenders' | 'rows'> {
  /** Limits of the API that the bench raised, by variable. */
  readonly limits: Readonly<Record<string, string>>;
  readonly figures: readonly FigureReport[];
  /** Those that took the most time altogether. */
  readonly queries: readonly QueryReport[];
}
