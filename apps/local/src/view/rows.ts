import type { JobState, Phase, SearchDetail } from '@blockwise/client';
import { formatDuration, formatLoss, formatShare } from './format.ts';

type Job = SearchDetail['jobs'][number];
type Cell = SearchDetail['blocks'][number]['cells'][number];

/** One line with a bar. */
export interface Row {
  /** 0 for a phase, 1 for a cell or network of it. */
  readonly depth: 0 | 1;
  readonly name: string;
  /** `WAITING`: its job does not exist yet. */
  readonly state: JobState | 'WAITING';
  /** 0..1. */
  readonly fraction: number;
  readonly facts: readonly string[];
}

/**
 * A row for each phase, under it one for each of its cells or trainings.
 *
 * @param losses last loss seen per job id
 * @param now milliseconds since the epoch
 */
export function searchRows(
  search: SearchDetail,
  losses: ReadonlyMap<string, number>,
  now: number,
): Row[] {
  const jobs = new Map<Phase, Job[]>();
  for (const job of search.jobs) jobs.set(job.kind, [...(jobs.get(job.kind) ?? []), job]);
  const of = (kind: Phase) => jobs.get(kind) ?? [];
  const cells = search.blocks.flatMap((block) => block.cells);
  const view = { losses, now };
  const { teacher } = search;

  return [
    singleRow('teacher', of('TEACHER')[0], view, teacher ? [teacherTop1(teacher)] : []),
    ...latencyRows(search, of('LATENCY'), view),
    ...groupRows('distil', cells, of('DISTIL'), view),
    ...groupRows('rate', cells, of('RATE'), view),
    singleRow('solve', of('SOLVE')[0], view, [
      ...(search.networks.length > 0 ? [`${search.networks.length} networks`] : []),
    ]),
    ...trainingRows(search, of('RETRAIN'), view),
  ];
}

/** A teacher that knows other classes than the data's was not tested. */
export function teacherTop1({ top1 }: NonNullable<SearchDetail['teacher']>): string {
  return typeof top1 === 'number' ? `top-1 ${formatShare(top1)}` : 'not tested';
}

interface View {
  readonly losses: ReadonlyMap<string, number>;
  readonly now: number;
}

function singleRow(name: string, job: Job | undefined, view: View, result: string[]): Row {
  return { ...jobRow(0, name, job, view, result) };
}

function groupRows(name: string, cells: readonly Cell[], jobs: readonly Job[], view: View): Row[] {
  const rows = cells.map((cell) => {
    const job = jobs.find((one) => one.cell?.id === cell.id);
    const rated = name === 'rate' && cell.best ? cell.best : undefined;
    const result = rated ? [`best ${rated.path}`, `loss ${formatLoss(rated.loss)}`] : [];
    return jobRow(1, `cell ${cell.block}.${cell.index}`, job, view, result);
  });
  return [groupRow(name, 'cells', rows, jobs, cells.length, view.now), ...rows];
}

/** Only searches that measure it have the phase; what is measured later is no part of the search. */
function latencyRows({ latencyTables }: SearchDetail, jobs: readonly Job[], view: View): Row[] {
  const [table] = latencyTables;
  if (!table) return [];
  const job = jobs.find((one) => one.latencyTable?.id === table.id);
  return [singleRow('latency', job, view, [`${table.engine}, ${table.device}`])];
}

function trainingRows(search: SearchDetail, jobs: readonly Job[], view: View): Row[] {
  const rows = search.networks.flatMap(({ predictedRank, retrainings }) =>
    retrainings.map(({ id, top1 }, i) => {
      const job = jobs.find((one) => one.retraining?.id === id);
      const result = typeof top1 === 'number' ? [`top-1 ${formatShare(top1)}`] : [];
      const seed = retrainings.length > 1 ? ` seed ${i + 1}` : '';
      return jobRow(1, `network ${predictedRank}${seed}`, job, view, result);
    }),
  );
  return [groupRow('retrain', 'trainings', rows, jobs, rows.length, view.now), ...rows];
}

function groupRow(
  name: string,
  unit: string,
  rows: readonly Row[],
  jobs: readonly Job[],
  total: number,
  now: number,
): Row {
  const done = rows.filter((row) => row.state === 'COMPLETE').length;
  const fraction = total === 0 ? 0 : rows.reduce((sum, row) => sum + row.fraction, 0) / total;
  const state = groupState(rows, done, total);
  const started = Math.min(...jobs.flatMap(({ startedAt }) => Date.parse(startedAt ?? '') || []));
  const elapsedSeconds = (now - started) / 1000;
  // Before a tenth is done, the estimate would say more about the start than about the rest.
  const left =
    state === 'RUNNING' && fraction >= 0.1 && Number.isFinite(elapsedSeconds)
      ? [`${formatDuration((elapsedSeconds * (1 - fraction)) / fraction)} left`]
      : [];
  const facts = total === 0 ? [] : [`${done}/${total} ${unit}`, ...left];
  return { depth: 0, name, state, fraction, facts };
}

function groupState(rows: readonly Row[], done: number, total: number): Row['state'] {
  if (rows.some((row) => row.state === 'FAILED')) return 'FAILED';
  if (rows.some((row) => row.state === 'CANCELLED')) return 'CANCELLED';
  if (total > 0 && done === total) return 'COMPLETE';
  if (rows.some((row) => row.state === 'RUNNING' || row.state === 'COMPLETE')) return 'RUNNING';
  return rows.some((row) => row.state === 'QUEUED') ? 'QUEUED' : 'WAITING';
}

function jobRow(
  depth: Row['depth'],
  name: string,
  job: Job | undefined,
  { losses }: View,
  result: readonly string[],
): Row {
  if (job === undefined) return { depth, name, state: 'WAITING', fraction: 0, facts: [] };
  const { state, progress } = job;
  const loss = losses.get(job.id);
  const lossFacts = loss === undefined ? [] : [`loss ${formatLoss(loss)}`];
  const again = job.attempt > 1 ? [`attempt ${job.attempt}`] : [];
  if (state === 'COMPLETE') {
    return { depth, name, state, fraction: 1, facts: result.length > 0 ? result : lossFacts };
  }
  const fraction = progress && progress.total > 0 ? progress.done / progress.total : 0;
  const facts =
    state === 'RUNNING' && progress
      ? [...progressFacts(progress), ...lossFacts, ...again]
      : [state.toLowerCase(), ...again];
  return { depth, name, state, fraction: Math.min(1, fraction), facts };
}

function progressFacts(progress: NonNullable<Job['progress']>): string[] {
  const { done, total, unit, perSecond, note } = progress;
  const moving = typeof perSecond === 'number' && perSecond > 0;
  const rate = moving ? [`${Number(perSecond.toPrecision(3))}/s`] : [];
  const left = moving ? [`${formatDuration((total - done) / perSecond)} left`] : [];
  return [`${done}/${total} ${unit}`, ...rate, ...left, ...(note ? [note] : [])];
}
