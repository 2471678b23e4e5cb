import {
  cellsOf,
  type Database,
  jobsOf,
  networksOf,
  ratingsOf,
  readCurves,
  retrainingsOf,
  teacherOf,
} from '../../packages/db/src/index.ts';

/** Curves that tell of the machine and not of the search. */
const ofTheMachine = new Set(['images_per_second', 'data_wait']);

/**
 * All that a search has found, under names that are the same for every run of its specification:
 * one text for each thing, so that two outcomes can be compared and a difference named.
 */
export async function outcomeOf(db: Database, searchId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const put = (name: string, value: unknown) => {
    if (found.has(name)) throw new Error(`${name} is there twice`);
    found.set(name, JSON.stringify(value));
  };
  const [teacher, cells, networks, jobs, ratings] = await Promise.all([
    teacherOf(db, searchId),
    cellsOf(db, searchId),
    networksOf(db, searchId),
    jobsOf(db, searchId),
    ratingsOf(db, searchId),
  ]);
  put('teacher', { sha256: teacher?.sha256, top1: teacher?.top1 });
  const names = new Map<string, string>();
  for (const cell of cells) {
    const name = `cell ${cell.block}/${cell.index}`;
    names.set(cell.id, name);
    put(name, { sha256: cell.sha256, bestPath: cell.bestPath, bestLoss: cell.bestLoss });
  }
  for (const { cellId, losses } of ratings) {
    put(`ratings of ${names.get(cellId)}`, Array.from(losses));
  }
  const trainings = new Map<string, string>();
  for (const network of networks) {
    const name = `network ${network.rank}`;
    const { architecture, loss, params, macs, top1, sha256 } = network;
    put(name, { architecture, loss, params, macs, top1, sha256 });
    for (const { id, position, trained } of await retrainingsOf(db, network.id)) {
      trainings.set(id, `training ${position} of ${name}`);
      put(`training ${position} of ${name}`, { top1: trained?.top1, sha256: trained?.sha256 });
    }
  }
  for (const job of jobs) {
    const of = names.get(job.cellId ?? '') ?? trainings.get(job.retrainingId ?? '') ?? 'the search';
    const keys = await curveKeys(db, job.id);
    for (const curve of await readCurves(db, { jobIds: [job.id], keys })) {
      const steps = Array.from(curve.steps);
      const values = ofTheMachine.has(curve.key) ? null : Array.from(curve.values);
      put(`curve ${curve.key} of ${job.kind} of ${of}`, { steps, values });
    }
  }
  return found;
}

/** Every curve, also one that should not be there. */
async function curveKeys({ pool }: Database, jobId: string): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    'SELECT DISTINCT key FROM curve_chunk WHERE job_id = $1 ORDER BY key',
    [jobId],
  );
  return rows.map(({ key }) => key);
}

/** What is not as it should be, a sentence each. */
export function differences(
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string[] {
  const lines: string[] = [];
  for (const [name, value] of expected) {
    const other = found.get(name);
    if (other === undefined) lines.push(`${name} is missing`);
    else if (other !== value) lines.push(`${name} is ${short(other)} instead of ${short(value)}`);
  }
  for (const name of found.keys()) if (!expected.has(name)) lines.push(`${name} is too many`);
  return lines;
}

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
