// Trainers with a connection each: takes jobs, then reports steps whose values are when they were sent.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { beginAttempt, openDatabase, openQueue } from '../../../packages/db/src/index.ts';
import { clock, reportedKeys, stepsOfReport } from './reports.ts';
import { trainerOf } from './trainer.ts';

const [url = '', ...counts] = process.argv.slice(2);
const [trainers = 0, reports = 0, everyMilliseconds = 0] = counts.map(Number);
const onError = (error: unknown) => console.error(error);
const db = await openDatabase({ url, applicationName: 'bench trainers', poolSize: trainers });
const queue = await openQueue(url, { supervise: false, poolSize: 1, onError });

const writers = [];
for (let i = 0; i < trainers; i++) {
  const delivery = await queue.fetch('distil');
  const trainer = trainerOf(`reporter ${i}`);
  const attempt = delivery && (await beginAttempt(db, queue, delivery, { trainer }));
  if (attempt === null) throw new Error('No distil job is queued.');
  writers.push(attempt);
}
const input = createInterface({ input: process.stdin });
console.log('ready');
await once(input, 'line');
await Promise.all(
  writers.map(async (attempt, i) => {
    // Trainers do not report in step.
    const begin = clock() + (i * everyMilliseconds) / trainers;
    for (let report = 0; report < reports; report++) {
      await pause(Math.max(0, begin + report * everyMilliseconds - clock()));
      if (i === 0 && report === Math.floor(reports / 2)) console.log('half');
      const steps = Array.from(
        { length: stepsOfReport },
        (_, at) => report * stepsOfReport + at + 1,
      );
      const sent = clock();
      const values = steps.map(() => sent);
      const wallTimes = steps.map(() => sent / 1000);
      await attempt.appendCurves(reportedKeys.map((key) => ({ key, steps, values, wallTimes })));
    }
  }),
);
console.log('done');
await queue.close();
await db.close();
input.close();
