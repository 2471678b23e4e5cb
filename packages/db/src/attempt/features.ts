import type { FeatureUse } from '../rows.ts';
import { type AttemptContext, checkFinite, writeAttempt } from './context.ts';

/** Writes down in the attempt's run what the cache of features did for it so far. */
export async function recordFeatures(
  context: AttemptContext,
  { hits, misses, bytesRead, seconds, savedSeconds }: FeatureUse,
): Promise<void> {
  checkFinite('the time for features', seconds);
  if (savedSeconds !== null) checkFinite('the time that features saved', savedSeconds);
  await writeAttempt(context, { progressAt: new Date() }, async ({ tx }) => {
    await tx.run.update({
      where: { jobId_attempt: { jobId: context.jobId, attempt: context.attempt } },
      data: {
        featureHits: hits,
        featureMisses: misses,
        featureBytesRead: bytesRead,
        featureSeconds: seconds,
        featureSavedSeconds: savedSeconds,
      },
    });
  });
}
