import { expect, test } from 'vitest';
import { standing } from './standing.ts';

const trainers = { takingJobs: 2, draining: 0, lost: 0, slots: 2, busySlots: 1 };

test.each([
  ['stuck', 3, 0, { takingJobs: 0 }],
  ['noTrainer', 0, 1, { takingJobs: 0, draining: 1 }],
  ['lost', 0, 0, { lost: 1 }],
  ['idle', 0, 0, {}],
  ['working', 0, 1, {}],
  ['working', 4, 2, { draining: 1 }],
])('%s with %i waiting and %i under way, %j', (word, waiting, running, more) => {
  expect(standing({ waiting, running, trainers: { ...trainers, ...more } }).word).toBe(word);
});
