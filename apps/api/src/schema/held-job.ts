import { type HeldAttempt, holdAttempt } from '@blockwise/db';
import { within } from '@blockwise/telemetry';
import type { Context } from '../context.ts';
import { trainerToken } from '../training/trainer-token.ts';
import { type ApiTypes, builder } from './builder.ts';
import { encodeGlobalId, rowId } from './global-id.ts';

interface HeldJob {
  readonly searchId: string;
  readonly jobId: string;
  readonly attempt: number;
  readonly isCancelled: boolean;
}

export const HeldJobObject = builder.objectRef<HeldJob>('HeldJob').implement({
  description: 'A job that the trainer has taken.',
  fields: (t) => ({
    job: t.id({
      description: 'Id of the job.',
      resolve: ({ jobId }) => encodeGlobalId('Job', jobId),
    }),
    attempt: t.exposeInt('attempt', { description: 'Number of the attempt.' }),
    isCancelled: t.exposeBoolean('isCancelled', {
      description: 'Somebody cancelled it: stop working, there is nothing more to write.',
    }),
    isPaused: t.boolean({
      description:
        'Somebody paused its search: save a checkpoint if the job has them, then hand it back by ' +
        '`releaseJob`.',
      resolve: async ({ searchId }, _args, { loaders }) =>
        (await loaders.requireSearch(searchId)).state === 'PAUSED',
    }),
  }),
});

type Fields = PothosSchemaTypes.InputFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>,
  'InputObject'
>;

/** The fields by which every input of a write names its attempt. */
export function attemptFields(t: Fields) {
  return {
    job: t.id({ required: true, description: 'Id of the job, as `takeJob` gave it.' }),
    attempt: t.int({ required: true, description: 'Number of the attempt.' }),
  };
}

export interface AttemptNamed {
  readonly job: string;
  readonly attempt: number;
}

/** The attempt that an input names, if the token that asks has taken it. */
export function heldAttempt(
  { job, attempt }: AttemptNamed,
  { database, queue, viewer }: Context,
): Promise<HeldAttempt> {
  const tokenId = trainerToken(viewer);
  return holdAttempt(database, queue, { jobId: rowId(job, 'Job', ['job']), attempt, tokenId });
}

export function toHeldJob({ job, attempt }: HeldAttempt, isCancelled: boolean): HeldJob {
  return { searchId: job.searchId, jobId: job.id, attempt, isCancelled };
}

/**
 * Writes to the attempt that an input names, and answers it. What follows from it is part of the
 * work that the job is, not of the trainer's request.
 *
 * @param ends what the log says of a write that ends the attempt
 */
export async function written(
  input: AttemptNamed,
  context: Context,
  write: (attempt: HeldAttempt) => Promise<void>,
  ends?: string,
): Promise<HeldJob> {
  const held = await heldAttempt(input, context);
  const { job, attempt } = held;
  await within(job, async () => {
    await write(held);
    const { id: jobId, searchId, kind } = job;
    context.log[ends === undefined ? 'debug' : 'info'](
      { searchId, jobId, kind, attempt },
      ends ?? 'attempt writes',
    );
  });
  return toHeldJob(held, false);
}
