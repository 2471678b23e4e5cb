import {
  type Database,
  type EntryRow,
  entriesOfBoards,
  type Page,
  pageOfOwner,
} from '@blockwise/db';
import { encodeGlobalId } from '../schema/global-id.ts';
import { type Batch, column, nullableColumn, type Table } from './table.ts';

const columns = [
  column('entry', 'TEXT'),
  column('rank', 'INT32'),
  column('state', 'TEXT'),
  column('top1', 'FLOAT64'),
  nullableColumn('top1_deviation', 'FLOAT64'),
  nullableColumn('verified_top1', 'FLOAT64'),
  nullableColumn('teacher_top1', 'FLOAT64'),
  column('params', 'INT64'),
  column('macs', 'INT64'),
  column('flops_tool', 'INT64'),
  nullableColumn('activation_bytes', 'INT64'),
  nullableColumn('latency_ms', 'FLOAT64'),
  nullableColumn('predicted_rank', 'INT32'),
  column('predicted_loss', 'FLOAT64'),
  column('recipe', 'TEXT'),
  column('trainings', 'INT32'),
  column('hours', 'FLOAT64'),
  column('gpu_hours', 'FLOAT64'),
  column('architecture', 'TEXT'),
  column('dataset_hash', 'TEXT'),
  column('entered_at', 'MOMENT'),
];

const pageSize = 1000;

/** What has a place on a leaderboard, the best first. */
export function entryTable(database: Database, leaderboardId: string): Table {
  return { columns, batches: batches(database, leaderboardId) };
}

async function* batches(database: Database, leaderboardId: string): AsyncGenerator<Batch> {
  let after: string | null = null;
  let rank = 1;
  do {
    const page: Page<EntryRow> = await pageOfOwner(database, entriesOfBoards, leaderboardId, {
      ...{ first: pageSize, after },
    });
    const rows = page.edges.map(({ node }) => node);
    if (rows.length > 0) yield batchOf(rows, rank);
    rank += rows.length;
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
}

function batchOf(rows: readonly EntryRow[], firstRank: number): Batch {
  return [
    rows.map(({ id }) => encodeGlobalId('Entry', id)),
    rows.map((_, i) => firstRank + i),
    rows.map(({ state }) => state),
    rows.map(({ top1 }) => top1),
    rows.map(({ top1Deviation }) => top1Deviation),
    rows.map(({ verification }) => verification?.top1 ?? null),
    rows.map(({ teacherTop1 }) => teacherTop1),
    rows.map(({ params }) => BigInt(params)),
    rows.map(({ macs }) => BigInt(macs)),
    rows.map(({ flopsTool }) => BigInt(flopsTool)),
    rows.map(({ activationBytes }) => (activationBytes === null ? null : BigInt(activationBytes))),
    rows.map(({ latencyMs }) => latencyMs),
    rows.map(({ predictedRank }) => predictedRank),
    rows.map(({ predictedLoss }) => predictedLoss),
    rows.map(({ training }) => training.recipe),
    rows.map(({ trainings }) => trainings.length),
    rows.map(({ costs }) => hoursOf(costs)),
    rows.map(({ costs }) => hoursOf(costs.filter(({ onGpu }) => onGpu))),
    rows.map(({ architecture }) => architecture),
    rows.map(({ datasetHash }) => datasetHash),
    rows.map(({ createdAt }) => createdAt),
  ];
}

function hoursOf(costs: EntryRow['costs']): number {
  return costs.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
}
