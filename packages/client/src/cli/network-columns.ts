import type { NetworkDetailFragment } from '../generated/graphql.ts';
import type { Column } from './rows.ts';
import { trainingColumns } from './training-columns.ts';

/** A row for every network of a search. */
export const networkColumns: readonly Column<NetworkDetailFragment>[] = [
  { key: 'origin', of: ({ origin }) => origin },
  { key: 'predictedRank', of: ({ predictedRank }) => predictedRank },
  { key: 'top1', of: ({ top1 }) => top1 },
  { key: 'top1Deviation', of: ({ top1Deviation }) => top1Deviation },
  { key: 'loss', of: ({ loss }) => loss },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'flopsTool', of: ({ flopsTool }) => flopsTool },
  { key: 'activationBytes', of: ({ activationBytes }) => activationBytes },
  { key: 'latencyMs', of: ({ latencyMs }) => latencyMs },
  { key: 'seeds', of: ({ retrainings }) => retrainings.map(({ seed }) => seed).join(' ') },
  ...trainingColumns,
  { key: 'id', of: ({ id }) => id },
  { key: 'encoding', of: ({ encoding }) => encoding },
  { key: 'architecture', of: ({ architecture }) => architecture },
];
