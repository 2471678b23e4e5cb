import type { SearchDetail } from '@blockwise/client';
import { formatCount, formatDuration, formatLoss, formatMagnitude, formatShare } from './format.ts';
import { teacherTop1 } from './rows.ts';
import { formatTable } from './table.ts';

type Network = SearchDetail['networks'][number];

/** What a search found, for people. `pageUrl` is where the dashboard shows it. */
export function formatResult(search: SearchDetail, pageUrl: string): string[] {
  return [
    '',
    ...outcome(search),
    ...teacherLines(search),
    ...cellLines(search),
    ...networkLines(search),
    '',
    `In the browser: ${pageUrl}`,
  ];
}

function outcome(search: SearchDetail): string[] {
  const { startedAt, finishedAt, createdAt, failure } = search;
  const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? createdAt)) / 1000;
  const duration = Number.isFinite(seconds) ? ` after ${formatDuration(seconds)}` : '';
  const line = `Search ${search.name} is ${search.state.toLowerCase()}${duration}.`;
  return failure ? [line, `${failure.code}: ${failure.message}`] : [line];
}

function teacherLines({ teacher }: SearchDetail): string[] {
  if (!teacher) return [];
  const macs = teacher.macs === null ? [] : [`${formatMagnitude(teacher.macs)} macs`];
  const size = [`${formatCount(teacher.params)} params`, ...macs].join(', ');
  return ['', `Teacher: ${teacherTop1(teacher)} (${size})`];
}

function cellLines(search: SearchDetail): string[] {
  const cells = search.blocks.flatMap((block) => block.cells);
  if (!cells.some((cell) => cell.best)) return [];
  const rows = cells.map((cell) => [
    `${cell.block}.${cell.index}`,
    `${cell.layers} × ${cell.channels} ch, stride ${cell.stride}`,
    formatCount(cell.candidateCount),
    cell.best?.path ?? '–',
    cell.best ? formatLoss(cell.best.loss) : '–',
    cell.best?.layers.join(' ') ?? '',
  ]);
  const header = ['cell', 'layers', 'candidates', 'best path', 'loss', 'best layers'];
  return ['', ...formatTable(header, rows)];
}

function networkLines({ networks, spec }: SearchDetail): string[] {
  if (networks.length === 0) return [];
  const byAccuracy = [...networks].sort((a, b) => (b.top1 ?? -1) - (a.top1 ?? -1));
  const rows = byAccuracy.map((network) => [
    meanTop1(network),
    String(network.predictedRank),
    formatLoss(network.loss),
    formatCount(network.params),
    formatMagnitude(network.macs),
  ]);
  const header = ['top-1', 'predicted rank', 'rating', 'params', 'macs'];
  return [
    '',
    `Best networks${budget(spec)}`,
    ...formatTable(header, rows),
    ...byAccuracy.map((network) => `  ${network.predictedRank}: ${network.architecture}`),
    ...recipeLines(byAccuracy[0]),
  ];
}

/** "65.0 % ± 0.4 %" of several trainings. */
function meanTop1({ top1, top1Deviation }: Network): string {
  if (typeof top1 !== 'number') return '–';
  const deviation = typeof top1Deviation === 'number' ? ` ± ${formatShare(top1Deviation)}` : '';
  return `${formatShare(top1)}${deviation}`;
}

/** How they were trained, and where that departs from the published recipe. */
function recipeLines(network: Network | undefined): string[] {
  const [training] = network?.retrainings ?? [];
  if (!training) return [];
  const { recipe, differences } = training;
  const before = beforehand(training);
  const changes = differences.map(
    ({ field, used, recipe: published }) => `${field} ${used} (recipe: ${published})`,
  );
  return [
    `Trained by ${recipe.name}, ${recipe.title}${changes.length > 0 ? `; not as it says: ${changes.join(', ')}` : ''}`,
    ...(before.length > 0 ? [`Before that: ${before.join(', ')}`] : []),
  ];
}

/** What no recipe has: weights to begin with, at their own costs, and the distillation before. */
function beforehand({ init, globalDistil, params, macs }: Network['retrainings'][number]) {
  const costs =
    params == null || macs == null
      ? ''
      : ` (${formatCount(params)} params, ${formatMagnitude(macs)} macs as trained)`;
  return [
    ...(init === 'SUPERNET' ? [`begun with the supernets' weights${costs}`] : []),
    ...(globalDistil == null ? [] : ['distilled as a whole from the teacher']),
  ];
}

/** " with params ≤ 150,000"; the API gives back the specification as it was sent. */
function budget(spec: unknown): string {
  const { constraints } = (spec ?? {}) as { constraints?: Record<string, Bound | null> };
  const parts = Object.entries(constraints ?? {}).flatMap(([what, bound]) => [
    ...(typeof bound?.max === 'number' ? [`${what} ≤ ${formatBound(bound.max)}`] : []),
    ...(typeof bound?.min === 'number' ? [`${what} ≥ ${formatBound(bound.min)}`] : []),
  ]);
  return parts.length === 0 ? '' : ` with ${parts.join(', ')}`;
}

/** Milliseconds need not be whole. */
function formatBound(bound: number): string {
  return Number.isInteger(bound) ? formatCount(bound) : String(bound);
}

interface Bound {
  readonly min?: number | null;
  readonly max?: number | null;
}
