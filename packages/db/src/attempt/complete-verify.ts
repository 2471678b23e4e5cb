import { settleVerification, type VerifyResult } from '../leaderboard/verify.ts';
import { type AttemptContext, checkFinite, completeAttempt, requireId } from './context.ts';

/** Records what an entry's weights are worth on its board's data. */
export async function completeVerify(context: AttemptContext, result: VerifyResult): Promise<void> {
  for (const top1 of result.top1s) {
    checkFinite("the entry's top-1", top1);
  }
  const entryId = requireId(context.entryId, 'entry');
  await completeAttempt(context, 'verify', ({ tx }) => settleVerification(tx, entryId, result));
}
