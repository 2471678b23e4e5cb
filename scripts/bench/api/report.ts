import type { FigureReport } from '../figures.ts';
import type { Report } from '../report.ts';

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
