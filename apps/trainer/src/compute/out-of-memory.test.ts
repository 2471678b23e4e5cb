import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';
import { readState, writeState } from './resume.ts';
import type { DistilRequest } from './tasks/distil.ts';

let compute: TinyCompute;
let short: Awaited<ReturnType<typeof runShort>>;
beforeAll(async () => {
  compute = await TinyCompute.open();
  short = await runShort(await compute.distilRequest(distil, { block: 0 }));
});
afterAll(async () => {
  await compute.close();
});

const distil = { batch: 48, sampling: 'fair', checkpointEverySteps: 1 } as const;

/** Runs it on a thread of its own that has so much memory. */
async function runWithin(memoryMegabytes: number, request: DistilRequest) {
  const thread = compute.newThread({ memoryBytes: memoryMegabytes * 2 ** 20 });
  const { listener, ...seen } = compute.recorder();
  try {
    const result = await compute.run('distil', request, { thread, listener });
    return { ...seen, result };
  } finally {
    await thread.close();
  }
}

/** With so much memory that the first step does not go through as it is, and does in smaller passes. */
async function runShort(request: DistilRequest) {
  let [little, plenty] = [1.2, 2.8];
  for (let tries = 0; tries < 12; tries++) {
    const megabytes = (little + plenty) / 2;
    const run = await runWithin(megabytes, request).catch(() => null);
    if (run?.warnings[0]?.includes('step 0')) return { ...run, megabytes };
    if (run === null) little = megabytes;
    else plenty = megabytes;
  }
  throw new Error('memory suffices for all or for none');
}

test('a training that runs out of memory goes on in smaller passes, says so and remembers it', async () => {
  const request = await compute.distilRequest(distil, { block: 0 });
  const { result, points, checkpoints, warnings, megabytes } = short;
  const size = 48 / 2 ** warnings.length;
  expect(warnings.at(-1)).toMatch(
    new RegExp(
      `^Block 1, cell 2: step 0 on path .*, images of 16×16×3 to 4×4×8, ${2 * size} at once, needs ` +
        `more memory than the engine has \\(.*\\); it goes on with ${size} at once\\.$`,
    ),
  );
  // As if the specification had said so.
  const { listener, ...planned } = compute.recorder();
  const same = await compute.distilRequest({ ...distil, microBatch: size }, { block: 0 });
  expect(await compute.run('distil', same, { listener })).toEqual(result);
  for (const key of ['loss', 'learning_rate', 'rating_loss']) {
    expect(points.get(key), key).toEqual(planned.points.get(key));
  }
  expect(planned.warnings).toEqual([]);

  const [resume] = checkpoints;
  if (!resume) throw new Error('there is no checkpoint');
  const resumed = await runWithin(megabytes, { ...request, resume });
  expect(resumed.warnings).toEqual([]);
  expect(resumed.result).toEqual(result);
});

test('a look at rating images that ran out of memory stays as small when it is resumed', async () => {
  const request = await compute.distilRequest({ checkpointEverySteps: 1 });
  const whole = compute.recorder();
  await compute.run('distil', request, whole);
  const [first] = whole.checkpoints;
  if (!first) throw new Error('there is no checkpoint');
  const { arrays, sums } = readState(first);
  expect(sums).not.toHaveProperty('looked');
  const smaller = writeState(first.step, { arrays, sums: { ...sums, looked: 8 } });
  const rest = compute.recorder();
  await compute.run('distil', { ...request, resume: { ...first, bytes: smaller } }, rest);
  for (const checkpoint of rest.checkpoints) expect(readState(checkpoint).sums.looked).toBe(8);
  expect(rest.checkpoints.length).toBeGreaterThan(0);
  const seen = ({ points }: typeof rest) => points.get('rating_loss')?.at(-1)?.value;
  expect(seen(rest)).toBeGreaterThan(0);
  // Of fewer images, after the same training.
  expect(seen(rest)).not.toBe(seen(whole));
  expect(rest.points.get('loss')?.at(-1)).toEqual(whole.points.get('loss')?.at(-1));
});

test('where it is to fail it fails with its shapes, and the next task finds all there is', async () => {
  const request = await compute.distilRequest(distil, { block: 0, onOutOfMemory: 'fail' });
  const thread = compute.newThread({ memoryBytes: short.megabytes * 2 ** 20 });
  const failing = compute.run('distil', request, { thread });
  await expect(failing).rejects.toMatchObject({
    name: 'DomainError',
    code: 'OUT_OF_MEMORY',
    message: expect.stringContaining('images of 16×16×3 to 4×4×8, 48 at once'),
  });
  const smaller = { ...request, distil: { ...request.distil, microBatch: 12 } };
  expect((await compute.run('distil', smaller, { thread })).steps).toBe(2);
  await thread.close();
});

test('memory that fails where nothing can be halved fails the task by its name', async () => {
  const request = await compute.distilRequest(distil, { block: 0 });
  await expect(runWithin(0.3, request)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
});
