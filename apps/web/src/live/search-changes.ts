import type { EventDetailFragment } from '@blockwise/client';

/** What has to be read again after some events: rows by their ids, and parts of a search. */
export interface SearchChanges {
  /** Ids of jobs, cells, networks and audits. */
  readonly rows: ReadonlySet<string>;
  /** Times, data set, teacher, blocks. */
  readonly parts: boolean;
  readonly networks: boolean;
  readonly latencyTables: boolean;
}

export const noChanges: SearchChanges = {
  rows: new Set(),
  parts: false,
  networks: false,
  latencyTables: false,
};

/** `before` with what one more event brings. Returns `before` itself when it brings no row. */
export function addChanges(before: SearchChanges, event: EventDetailFragment): SearchChanges {
  const withRows = (...ids: readonly (string | null | undefined)[]): SearchChanges => ({
    ...before,
    rows: new Set([...before.rows, ...ids.filter((id) => id != null)]),
  });
  switch (event.kind) {
    case 'JOB_CHANGED': {
      const changed = withRows(event.job, event.cell, event.network);
      return { ...changed, parts: before.parts || event.jobKind === 'TEACHER' };
    }
    case 'CELL_RATED':
      return withRows(event.cell);
    case 'NETWORK_TESTED':
    case 'NETWORK_CUT':
    case 'NETWORK_EXPORTED':
      return withRows(event.network);
    case 'AUDIT_CHANGED':
      return withRows(event.audit);
    case 'SEARCH_SOLVED':
      return { ...before, networks: true };
    case 'LATENCY_MEASURED':
      return { ...before, latencyTables: true };
    case 'FEATURE_MAPS_MADE':
    case 'SEARCH_CHANGED':
      return { ...before, parts: true };
    case 'JOB_PROGRESS':
    case 'CURVE_POINTS':
    case 'MESSAGE':
      return before;
    default:
      event.kind satisfies never;
      return before;
  }
}
