import type { EventDetailFragment } from '../generated/graphql.ts';

/** An event as one line; undefined for those that only move a bar or a curve. */
export function eventLine(event: EventDetailFragment): string | undefined {
  switch (event.kind) {
    case 'SEARCH_CHANGED':
      return line(event, `search ${event.state?.toLowerCase()}`, event.phase?.toLowerCase());
    case 'JOB_CHANGED':
      return line(
        event,
        `${event.jobKind?.toLowerCase()} ${event.jobState?.toLowerCase()}`,
        event.job,
      );
    case 'JOB_PROGRESS': {
      const { progress } = event;
      return progress
        ? line(event, `${progress.done}/${progress.total} ${progress.unit}`, event.job)
        : undefined;
    }
    case 'CURVE_POINTS':
      return undefined;
    case 'CELL_RATED':
      return line(event, `cell rated: best ${event.bestPath}, loss ${event.bestLoss}`, event.cell);
    case 'SEARCH_SOLVED':
      return line(event, `${event.networks} networks found`);
    case 'NETWORK_TESTED':
      return line(event, `network tested: top-1 ${event.top1}`, event.network);
    case 'LATENCY_MEASURED':
      return line(event, `latency measured: ${event.engine} on ${event.device}`);
    case 'NETWORK_CUT':
      return line(event, `weights cut: top-1 ${event.top1 ?? 'not tested'}`, event.network);
    case 'NETWORK_EXPORTED':
      return line(event, 'weights exported', event.network ?? event.export);
    case 'FEATURE_MAPS_MADE':
      return line(event, 'feature maps made', event.featureMaps);
    case 'AUDIT_CHANGED':
      return line(event, `audit ${event.auditState?.toLowerCase()}`, event.audit);
    case 'MESSAGE':
      return line(event, event.message ?? '');
    default:
      return event.kind satisfies never;
  }
}

function line(event: EventDetailFragment, what: string, more?: string | null): string {
  const failure = event.failure ? [`${event.failure.code}: ${event.failure.message}`] : [];
  return [event.at, what, ...(more ? [more] : []), ...failure].join('  ');
}
