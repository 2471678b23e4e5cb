// A trainer process: takes a job, then sends a run of batches for each line on its input.
import { createInterface } from 'node:readline';
import { beginAttempt, openDatabase, openQueue } from '../../../packages/db/src/index.ts';
import { batchesOfRun, ingestKeys, pointValue, stepsOf } from './ingest-points.ts';
import { trainerOf } from './trainer.ts';

const [url = '', id = ''] = process.argv.slice(2);
const onError = (error: unknown) => console.error(error);
const db = await openDatabase({ url, applicationName: 'bench trainer', poolSize: 2 });
const queue = await openQueue(url, { supervise: false, poolSize: 1, onError });
const delivery = await queue.fetch('distil');
const attempt =
  delivery && (await beginAttempt(db, queue, delivery, { trainer: trainerOf(`ingest ${id}`) }));
if (attempt === null) throw new Error('No distil job is queued.');
console.log(attempt.job.id);

let batch = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  for (const end = batch + batchesOfRun; batch < end; batch++) {
    const steps = stepsOf(batch);
    await attempt.appendCurves(
      ingestKeys.map((key) => ({
        key,
        steps,
        values: steps.map((step) => pointValue(key, step)),
        wallTimes: steps.map((step) => 1_700_000_000 + step / 10),
      })),
    );
  }
  console.log('sent');
}
await queue.close();
await db.close();
