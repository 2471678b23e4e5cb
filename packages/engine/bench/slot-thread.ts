// A worker thread of slots-workload.ts: one slot of a trainer. Each message asks for one run.
import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from '../src/index.ts';
import { openCell } from './cell-workload.ts';
import { benchCells } from './cells.ts';
import { benchEngineOptions } from './engine-options.ts';
import { stepsOfRun } from './slots-workload.ts';

await openEngine(workerData, benchEngineOptions);
const cell = openCell(benchCells.distil);
parentPort?.on('message', async () => {
  for (let step = 0; step < stepsOfRun; step++) await cell.run();
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
