import type { SearchDetail, TeacherKind } from '@blockwise/client';

type Job = SearchDetail['jobs'][number];
type Cell = SearchDetail['blocks'][number]['cells'][number];

/** `Cell 2.1`: block 2, its first cell. */
export function cellName(cell: Pick<Cell, 'block' | 'index'>): string {
  return `Cell ${cell.block}.${cell.index}`;
}

/** Every cell of the search, block by block. */
export function cellsOf(search: Pick<SearchDetail, 'blocks'>): Cell[] {
  return search.blocks.flatMap((block) => block.cells);
}

/** Where a teacher came from. */
export const teacherKinds: Record<TeacherKind, string> = {
  TRAIN: 'trained here',
  TIMM: 'timm’s weights',
  LAYERS_MODEL: 'a TensorFlow.js model',
  NETWORK: 'an earlier search’s network',
};

type Named = Pick<SearchDetail, 'blocks' | 'networks' | 'requested'>;

/** True for the training of a network that was drawn for an audit. */
export function isOfAudit(search: Named, job: Job): boolean {
  return job.kind === 'RETRAIN' && networkName(search, job) === undefined;
}

/** What a job works on, for legends; no two jobs of a kind have the same name. */
export function jobName(search: Named, job: Job): string {
  const cell = cellsOf(search).find((each) => each.id === job.cell?.id);
  if (cell) return cellName(cell);
  return networkName(search, job) ?? 'Teacher';
}

function networkName(search: Named, job: Job): string | undefined {
  const requested = search.requested.findIndex(({ id }) => id === job.network?.id);
  const network =
    search.requested[requested] ?? search.networks.find(({ id }) => id === job.network?.id);
  if (network === undefined) return undefined;
  const name = requested < 0 ? `Network ${network.predictedRank}` : `Asked for ${requested + 1}`;
  if (network.retrainings.length < 2) return name;
  const training = network.retrainings.find(({ id }) => id === job.retraining?.id);
  return `${name}, seed ${training?.seed}`;
}
