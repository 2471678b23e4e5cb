import { recordActivity } from '@blockwise/db';
import { aboutOf } from '../about.ts';
import type { Context } from '../context.ts';
import { currentRequestId } from '../http/request-id.ts';

/**
 * Runs a mutation, and writes it into the audit log and the process's once it has worked. What was read before it is
 * read anew for the answer.
 */
export async function recorded<Answer>(
  action: string,
  context: Context,
  run: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const answer = await run();
  context.forget();
  const { principal } = context.viewer;
  await recordActivity(context.database, {
    userId: principal?.userId ?? null,
    tokenId: principal?.tokenId ?? null,
    teamId: context.team,
    action,
    subject: context.about,
    ip: context.ip,
    requestId: currentRequestId(),
  });
  context.log.info(
    {
      mutation: action,
      userId: principal?.userId,
      teamId: context.team,
      ...aboutOf(context.about),
    },
    'mutation',
  );
  return answer;
}
