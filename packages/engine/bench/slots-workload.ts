import { Worker } from 'node:worker_threads';
import type { EngineName } from '@blockwise/contracts';
import { benchCells } from './cells.ts';
import type { Workload } from './workload.ts';

/** Steps of a run in each slot: long enough that starting them together does not count. */
export const stepsOfRun = 4;

/**
 * Cells that train beside each other, one in each worker thread, as a trainer's slots do. A run ends
 * when the last one is through its steps.
 */
export async function openSlots(engine: EngineName, slots: number): Promise<Workload> {
  const workers = Array.from(
    { length: slots },
    () => new Worker(new URL('./slot-thread.ts', import.meta.url), { workerData: engine }),
  );
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    await Promise.all(workers.map(answer));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    params: null,
    images: slots * stepsOfRun * benchCells.distil.batch,
    run: async () => {
      const answers = workers.map(answer);
      for (const worker of workers) worker.postMessage('run');
      await Promise.all(answers);
    },
    close,
  };
}

/** The next message of a thread; an error if it ends without one. */
function answer(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A worker thread ended early.'));
    worker.once('exit', ended);
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('exit', ended);
      worker.off('error', reject);
      resolve();
    });
  });
}
