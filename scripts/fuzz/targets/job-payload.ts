import { randomUUID } from 'node:crypto';
import { jobKinds, parsePayload } from '../../../packages/contracts/src/index.ts';
import { anyValue, mutateJson, oneOf } from '../mutate.ts';
import { answerOf, type Target } from '../target.ts';

/** What lies in the queue, whoever put it there. */
export async function openJobPayload(): Promise<Target> {
  return {
    feed(random, show) {
      const payload =
        random.int(4) === 0 ? anyValue(random, 4) : mutateJson({ jobId: randomUUID() }, random);
      show(payload);
      return answerOf(() => {
        const { jobId } = parsePayload(oneOf(random, jobKinds), payload);
        if (!/^[0-9a-f-]{36}$/i.test(jobId)) throw new Error(`${jobId} was taken for an id`);
      });
    },
  };
}
