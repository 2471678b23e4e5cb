import { expect, test } from 'vitest';
import type { FromThread } from './protocol.ts';
import { Reporter } from './reporter.ts';
import { type FeaturePasses, teacherMicroBatch } from './teacher-micro-batch.ts';

const passes: FeaturePasses = { microBatch: 64, onOutOfMemory: 'halve' };
const teacher = { sha256: 'a', imageSize: 32 };

/** A task's passes over 64 images, with memory for 20 of them; its sizes and its messages. */
async function task(own = teacher, use = passes) {
  const sent: FromThread[] = [];
  const reporter = new Reporter((message) => sent.push(message));
  const sizes: number[] = [];
  const microBatch = teacherMicroBatch(own, use, { reporter });
  await microBatch.run(64, 'A pass', async (size) => {
    sizes.push(size);
    if (size > 20) throw new RangeError('Array buffer allocation failed');
  });
  reporter.flush();
  return { sizes, messages: sent.length };
}

test('a thread keeps the size that worked for a teacher, and says it once', async () => {
  expect(await task()).toEqual({ sizes: [64, 32, 16], messages: 2 });
  expect(await task()).toEqual({ sizes: [16], messages: 0 });
  const other = { sha256: 'b', imageSize: 32 };
  expect((await task(other)).sizes).toEqual([64, 32, 16]);
  expect((await task(other, { ...passes, microBatch: 48 })).sizes).toEqual([48, 24, 12]);
});
