import type { EventDetailFragment, SearchDetail } from '@blockwise/client';

/**
 * What of an event can be shown at once: states and progress of jobs, state and phase of the search,
 * states of audits. Returns the same object when nothing changes.
 */
export function applyEvent(search: SearchDetail, event: EventDetailFragment): SearchDetail {
  switch (event.kind) {
    case 'SEARCH_CHANGED':
      return {
        ...search,
        state: event.state ?? search.state,
        phase: event.phase ?? null,
        priority: event.priority ?? search.priority,
        failure: event.failure ?? null,
      };
    case 'JOB_CHANGED':
      return changeJob(search, event.job, (job) => ({
        ...job,
        state: event.jobState ?? job.state,
        attempt: event.attempt ?? job.attempt,
        failure: event.failure ?? null,
      }));
    case 'JOB_PROGRESS':
      return changeJob(search, event.job, (job) => ({
        ...job,
        progress: event.progress ?? job.progress,
      }));
    case 'AUDIT_CHANGED':
      return {
        ...search,
        audits: search.audits.map((audit) =>
          audit.id === event.audit ? { ...audit, state: event.auditState ?? audit.state } : audit,
        ),
      };
    case 'CELL_RATED':
    case 'CURVE_POINTS':
    case 'LATENCY_MEASURED':
    case 'MESSAGE':
    case 'NETWORK_CUT':
    case 'FEATURE_MAPS_MADE':
    case 'NETWORK_EXPORTED':
    case 'NETWORK_TESTED':
    case 'SEARCH_SOLVED':
      return search;
    default:
      event.kind satisfies never;
      return search;
  }
}

type Job = SearchDetail['jobs'][number];

function changeJob(
  search: SearchDetail,
  id: string | null | undefined,
  change: (job: Job) => Job,
): SearchDetail {
  if (!search.jobs.some((job) => job.id === id)) return search;
  return { ...search, jobs: search.jobs.map((job) => (job.id === id ? change(job) : job)) };
}
