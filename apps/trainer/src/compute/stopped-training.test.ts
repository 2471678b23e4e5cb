import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';
import { StopSignal, TaskStopped } from './stop-signal.ts';

let tiny: TinyCompute;
beforeAll(async () => {
  tiny = await TinyCompute.open();
});
afterAll(() => tiny.close());

test.each(['stop', 'suspend'] as const)(
  'a training that is asked to %s takes no more than the step that it is in',
  async (request) => {
    const stop = new StopSignal();
    const said = tiny.recorder();
    const times: number[] = [];
    let askedAt = Number.POSITIVE_INFINITY;
    const listener: typeof said.listener = {
      ...said.listener,
      onPoints(columns) {
        for (const { key, wallTimes } of columns) if (key === 'loss') times.push(...wallTimes);
        if (times.length < 3 || askedAt < Number.POSITIVE_INFINITY) return;
        stop.request(request);
        askedAt = Date.now() / 1000;
      },
    };
    // More steps than fit between two moments.
    const endless = await tiny.distilRequest({ epochs: 10_000, checkpointEverySteps: 100_000 });
    const run = tiny.run('distil', endless, { listener, stop });
    await expect(run).rejects.toBeInstanceOf(TaskStopped);
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(times.filter((time) => time > askedAt).length).toBeLessThanOrEqual(1);
    // Before an orderly end it hands over the state after that very step.
    const kept = said.checkpoints.map(({ step }) => step);
    expect(kept).toEqual(request === 'suspend' ? [times.length] : []);
  },
);
