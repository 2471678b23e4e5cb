'use client';

import type { EventDetailFragment, SearchDetail } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { useNames } from '../search/use-names.ts';
import { formatLoss, formatShare } from '../ui/format.ts';

export interface EventWords {
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad';
}

/** Says events in words: of what, and what became of it. */
export function useEventWords(): (event: EventDetailFragment) => EventWords {
  const say = useTranslations('log');
  const common = useTranslations('common');
  const names = useNames();
  const { search } = useSearch();

  const subjectOf = (event: EventDetailFragment): string => {
    const job = search.jobs.find(({ id }) => id === event.job);
    if (job) return names.job(search, job);
    return cellOf(search, event.cell, names.cell) ?? '';
  };
  const networkOf = (event: EventDetailFragment): string => {
    const found = search.networks.find(({ id }) => id === event.network);
    if (found) return common('network', { place: String(found.predictedRank) });
    const place = search.requested.findIndex(({ id }) => id === event.network) + 1;
    return place > 0 ? common('requestedNetwork', { place: String(place) }) : say('drawnNetwork');
  };

  return (event) => {
    switch (event.kind) {
      case 'SEARCH_CHANGED': {
        const state = event.state ?? 'RUNNING';
        if (event.failure) return { text: say('failed', event.failure), tone: 'bad' };
        const text =
          state === 'RUNNING' && event.phase
            ? say('phase', { phase: common(`phase.${event.phase}`) })
            : say('state', { state: common(`state.${state}`) });
        return { text, tone: state === 'COMPLETE' ? 'good' : 'plain' };
      }
      case 'JOB_CHANGED': {
        const phase = common(`phase.${event.jobKind ?? 'TEACHER'}`);
        const subject = subjectOf(event);
        const what = subject === '' || subject === phase ? phase : `${phase} · ${subject}`;
        if (event.failure) {
          return { text: say('jobFailed', { what, message: event.failure.message }), tone: 'bad' };
        }
        const state = common(`state.${event.jobState ?? 'QUEUED'}`);
        const attempt = event.attempt ?? 0;
        return {
          text: say(attempt > 1 ? 'jobAgain' : 'job', { what, state, attempt: String(attempt) }),
          tone: 'plain',
        };
      }
      case 'CELL_RATED':
        return {
          text: say('rated', {
            cell: cellOf(search, event.cell, names.cell) ?? '',
            count: event.candidates ?? 0,
            path: event.bestPath ?? '',
            loss: formatLoss(event.bestLoss ?? 0),
          }),
          tone: 'plain',
        };
      case 'SEARCH_SOLVED':
        return { text: say('solved', { count: event.networks ?? 0 }), tone: 'good' };
      case 'NETWORK_TESTED':
        return {
          text: say('tested', { network: networkOf(event), top1: formatShare(event.top1 ?? 0) }),
          tone: 'good',
        };
      case 'NETWORK_CUT':
        return { text: say('cut', { network: networkOf(event) }), tone: 'plain' };
      case 'NETWORK_EXPORTED':
        return {
          text: say('exported', {
            what: event.network == null ? common('phase.TEACHER') : networkOf(event),
          }),
          tone: 'plain',
        };
      case 'FEATURE_MAPS_MADE':
        return {
          text: say('maps', { cell: cellOf(search, event.cell, names.cell) ?? '' }),
          tone: 'plain',
        };
      case 'LATENCY_MEASURED':
        return {
          text: say('measured', { device: event.device ?? '', engine: event.engine ?? '' }),
          tone: 'plain',
        };
      case 'AUDIT_CHANGED':
        return {
          text: say('audit', { state: common(`state.${event.auditState ?? 'QUEUED'}`) }),
          tone: 'plain',
        };
      case 'MESSAGE':
        return { text: event.message ?? '', tone: event.level === 'WARNING' ? 'bad' : 'plain' };
      case 'CURVE_POINTS':
      case 'JOB_PROGRESS':
        return { text: '', tone: 'plain' };
      default:
        event.kind satisfies never;
        return { text: '', tone: 'plain' };
    }
  };
}

function cellOf(
  search: SearchDetail,
  id: string | null | undefined,
  name: (cell: SearchDetail['blocks'][number]['cells'][number]) => string,
): string | undefined {
  const cell = cellsOf(search).find((each) => each.id === id);
  return cell && name(cell);
}
