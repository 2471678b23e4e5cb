import type {
  Failure,
  JobState,
  Phase,
  SearchEvent,
  SearchEventKind,
  SearchPriority,
  SearchState,
} from '@blockwise/contracts';
import type { EventRow, Progress } from '@blockwise/db';

/** An event as the API shows it: one type for all kinds, null where a kind has no such field. */
export interface FlatEvent {
  readonly searchId: string;
  readonly cursor: string;
  readonly at: Date;
  readonly kind: SearchEventKind;
  readonly state: SearchState | null;
  readonly phase: Phase | null;
  readonly priority: SearchPriority | null;
  readonly jobId: string | null;
  readonly jobKind: Phase | null;
  readonly jobState: JobState | null;
  readonly cellId: string | null;
  readonly networkId: string | null;
  readonly retrainingId: string | null;
  readonly exportId: string | null;
  readonly featureMapsId: string | null;
  readonly auditId: string | null;
  readonly auditState: JobState | null;
  readonly attempt: number | null;
  readonly progress: Progress | null;
  readonly points: {
    readonly key: string;
    readonly steps: readonly number[];
    readonly values: readonly number[];
  } | null;
  readonly candidates: number | null;
  readonly bestPath: string | null;
  readonly bestLoss: number | null;
  readonly networks: number | null;
  readonly top1: number | null;
  readonly engine: string | null;
  readonly device: string | null;
  readonly failure: Failure | null;
  readonly message: string | null;
  readonly level: 'INFO' | 'WARNING' | null;
}

const nothing = {
  state: null,
  phase: null,
  priority: null,
  jobId: null,
  jobKind: null,
  jobState: null,
  cellId: null,
  networkId: null,
  retrainingId: null,
  exportId: null,
  featureMapsId: null,
  auditId: null,
  auditState: null,
  attempt: null,
  progress: null,
  points: null,
  candidates: null,
  bestPath: null,
  bestLoss: null,
  networks: null,
  top1: null,
  engine: null,
  device: null,
  failure: null,
  message: null,
  level: null,
} satisfies Omit<FlatEvent, 'searchId' | 'cursor' | 'at' | 'kind'>;

const flattened = new WeakMap<readonly EventRow[], FlatEvent[]>();

/** Stored events in their flat form; made once for all who read the same rows. */
export function flatEvents(rows: readonly EventRow[]): FlatEvent[] {
  const events = flattened.get(rows) ?? rows.map(flatEvent);
  flattened.set(rows, events);
  return events;
}

export function flatEvent({ searchId, cursor, at, event }: EventRow): FlatEvent {
  return { ...nothing, searchId, cursor: String(cursor), at, kind: event.kind, ...fieldsOf(event) };
}

function fieldsOf(event: SearchEvent): Partial<FlatEvent> {
  switch (event.kind) {
    case 'SEARCH_CHANGED': {
      const { state, phase, priority, failure } = event;
      return { state, phase, priority, failure };
    }
    case 'JOB_CHANGED': {
      const { jobId, jobKind, cellId, networkId, state, attempt, failure } = event;
      return { jobId, jobKind, cellId, networkId, jobState: state, attempt, failure };
    }
    case 'JOB_PROGRESS': {
      const { kind: _, jobId, ...progress } = event;
      return { jobId, progress };
    }
    case 'CURVE_POINTS': {
      const { kind: _, jobId, ...points } = event;
      return { jobId, points };
    }
    case 'CELL_RATED': {
      const { cellId, candidates, bestPath, bestLoss } = event;
      return { cellId, candidates, bestPath, bestLoss };
    }
    case 'SEARCH_SOLVED':
      return { networks: event.networks };
    case 'NETWORK_TESTED': {
      const { networkId, retrainingId, top1 } = event;
      return { networkId, retrainingId, top1 };
    }
    case 'LATENCY_MEASURED':
      return { engine: event.engine, device: event.device };
    case 'NETWORK_CUT':
      return { networkId: event.networkId, top1: event.top1 };
    case 'NETWORK_EXPORTED':
      return { exportId: event.exportId, networkId: event.networkId };
    case 'FEATURE_MAPS_MADE':
      return { featureMapsId: event.featureMapsId, cellId: event.cellId };
    case 'AUDIT_CHANGED':
      return { auditId: event.auditId, auditState: event.state };
    case 'MESSAGE':
      return { message: event.text, level: event.level };
    default:
      return event satisfies never;
  }
}
