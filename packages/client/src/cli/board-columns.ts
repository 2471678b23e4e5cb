import type { BoardSummaryFragment, EntryDetailFragment } from '../generated/graphql.ts';
import type { Column } from './rows.ts';
import { differencesOf } from './training-columns.ts';

export const boardColumns: readonly Column<BoardSummaryFragment>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'team', of: ({ team }) => team.name },
  { key: 'visibility', of: ({ visibility }) => visibility },
  { key: 'budget', of: ({ budget }) => budget && `${budget.axis} ${budget.max}` },
  { key: 'entries', of: ({ entryCount }) => entryCount },
  { key: 'top1', of: ({ leader }) => leader?.top1 },
  { key: 'leader', of: ({ leader }) => leader?.state },
  { key: 'dataset', of: ({ dataset: { kind, hash } }) => `${kind} ${hash}` },
  { key: 'id', of: ({ id }) => id },
];

export const entryColumns: readonly Column<EntryDetailFragment>[] = [
  { key: 'rank', of: ({ rank }) => rank },
  { key: 'top1', of: ({ top1 }) => top1 },
  { key: 'top1Deviation', of: ({ top1Deviation }) => top1Deviation },
  { key: 'state', of: ({ state }) => state },
  { key: 'verifiedTop1', of: ({ verifiedTop1 }) => verifiedTop1 },
  { key: 'teacherTop1', of: ({ teacherTop1 }) => teacherTop1 },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'recipe', of: ({ recipe }) => recipe.name },
  { key: 'differences', of: differencesOf },
  { key: 'init', of: ({ init }) => init },
  { key: 'gpuHours', of: ({ gpuHours }) => gpuHours },
  { key: 'cpuHours', of: ({ cpuHours }) => cpuHours },
  { key: 'team', of: ({ team, imported }) => imported?.team ?? team.name },
  { key: 'search', of: ({ search, imported }) => search?.name ?? imported?.search },
  { key: 'network', of: ({ network }) => network?.id },
  { key: 'entry', of: ({ id }) => id },
  { key: 'architecture', of: ({ architecture }) => architecture },
];
