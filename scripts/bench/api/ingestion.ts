import path from 'node:path';
import {
  cancelSearch,
  type Database,
  type Queue,
  readCurves,
} from '../../../packages/db/src/index.ts';
import type { Measured } from '../figures.ts';
import { batchesOfRun, ingestKeys, pointsOfBatch, pointValue } from './ingest-points.ts';
import { startLineChild } from './line-child.ts';
import { forgetQueries } from './queries.ts';
import { plainSpace, startCells } from './seed.ts';

const trainers = 10;

/**
 * Ten trainers send 10,000 floats each at the same time, in batches of a thousand, into jobs of one
 * search, where they queue for its row. The first run warms them up: neither it nor its queries count.
 *
 * @throws Error when a value that was sent cannot be read back, or events have a gap
 */
export async function measureIngestion(
  db: Database,
  queue: Queue,
  url: string,
  runs: number,
): Promise<Measured> {
  const searchId = await startCells(db, queue, 'ingestion', plainSpace(trainers));
  const script = path.join(import.meta.dirname, 'ingest-child.ts');
  const senders = Array.from({ length: trainers }, (_, i) =>
    startLineChild(script, url, String(i)),
  );
  try {
    const jobIds = await Promise.all(senders.map((sender) => sender.next()));
    const times: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const start = performance.now();
      for (const sender of senders) sender.tell('go');
      await Promise.all(senders.map((sender) => sender.next()));
      if (run > 0) times.push(performance.now() - start);
      else await forgetQueries(db);
    }
    await verify(db, searchId, jobIds, runs + 1);
    return { times, note: 'batches of 1,000 floats; every value read back' };
  } finally {
    await Promise.all(senders.map((sender) => sender.end()));
    // Nobody else is to take its jobs.
    await cancelSearch(db, queue, searchId);
  }
}

async function verify(
  db: Database,
  searchId: string,
  jobIds: readonly string[],
  runs: number,
): Promise<void> {
  const points = runs * batchesOfRun * pointsOfBatch;
  for (const { key, steps, values } of await readCurves(db, { jobIds, keys: ingestKeys })) {
    const right = values.every(
      (value, i) => steps[i] === i + 1 && value === pointValue(key, i + 1),
    );
    if (steps.length !== points || !right) throw new Error(`Points of ${key} were lost.`);
  }
  const events = await db.prisma.event.count({ where: { searchId } });
  const { eventCursor } = await db.prisma.search.findUniqueOrThrow({ where: { id: searchId } });
  if (events !== eventCursor)
    throw new Error(`${eventCursor} events, of which ${events} are there.`);
}
