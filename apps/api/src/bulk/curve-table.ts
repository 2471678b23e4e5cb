import { type CurvePiece, curveBatches, type Database, jobsOf } from '@blockwise/db';
import type { TableTarget } from '../links/link-content.ts';
import { encodeGlobalId } from '../schema/global-id.ts';
import { type Batch, column, type Table } from './table.ts';

type CurveTarget = Extract<TableTarget, { kind: 'curves' }>;

const columns = [
  column('job', 'TEXT'),
  column('key', 'TEXT'),
  column('step', 'INT32'),
  column('value', 'FLOAT64'),
  column('wall_time', 'FLOAT64'),
];

/** Every point of curves as a row: by job, key and step. */
export function curveTable(
  database: Database,
  { of, keys }: Pick<CurveTarget, 'of' | 'keys'>,
): Table {
  return { columns, batches: batches(database, of, keys) };
}

async function* batches(
  database: Database,
  of: CurveTarget['of'],
  keys: readonly string[] | null,
): AsyncGenerator<Batch> {
  for (const jobId of await jobIdsOf(database, of)) {
    const job = encodeGlobalId('Job', jobId);
    for await (const pieces of curveBatches(database, jobId, keys)) {
      const steps = joined(Int32Array, pieces, ({ steps }) => steps);
      yield [
        Array.from(steps, () => job),
        pieces.flatMap(({ key, steps }) => Array.from(steps, () => key)),
        steps,
        joined(Float64Array, pieces, ({ values }) => values),
        joined(Float64Array, pieces, ({ wallTimes }) => wallTimes),
      ];
    }
  }
}

async function jobIdsOf(database: Database, of: CurveTarget['of']): Promise<readonly string[]> {
  if ('jobIds' in of) return of.jobIds;
  const jobs = await jobsOf(database, of.searchId);
  return jobs.filter(({ createdAt }) => createdAt.getTime() <= of.until).map(({ id }) => id);
}

/** One column of all pieces, behind each other. */
function joined<Column extends Int32Array | Float64Array>(
  Type: new (length: number) => Column,
  pieces: readonly CurvePiece[],
  pick: (piece: CurvePiece) => Column,
): Column {
  const whole = new Type(pieces.reduce((length, piece) => length + pick(piece).length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(pick(piece), end);
    end += pick(piece).length;
  }
  return whole;
}
