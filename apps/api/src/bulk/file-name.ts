import type { TableTarget } from '../links/link-content.ts';
import { fileFormats } from './write-table.ts';

/** What a table's file is called. */
export function fileNameOf(target: TableTarget): string {
  return `blockwise-${target.kind}-${lastDigits(target)}.${fileFormats[target.format].extension}`;
}

/** The last digits of a row's id: the first are a time, and alike in all rows of a search. */
function lastDigits(target: TableTarget): string {
  return idOf(target).slice(-12);
}

function idOf(target: TableTarget): string {
  switch (target.kind) {
    case 'candidates':
      return target.cellId ?? target.searchId;
    case 'curves':
      return 'searchId' in target.of ? target.of.searchId : (target.of.jobIds[0] ?? '');
    case 'entries':
      return target.leaderboardId;
    default:
      return target satisfies never;
  }
}
