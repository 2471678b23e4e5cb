import { uploadOf } from '@blockwise/db';
import { checkedCurves } from '../training/checked-curves.ts';
import { trainerToken } from '../training/trainer-token.ts';
import { builder } from './builder.ts';
import { ErrorCodeEnum, MessageLevelEnum } from './enums.ts';
import { attemptFields, HeldJobObject, heldAttempt, toHeldJob, written } from './held-job.ts';

const AttemptInput = builder.inputType('AttemptInput', {
  description: 'Which attempt.',
  fields: attemptFields,
});

const ReportProgressInput = builder.inputType('ReportProgressInput', {
  description: 'How far an attempt is.',
  fields: (t) => ({
    ...attemptFields(t),
    done: t.float({ required: true, description: 'How much is done.' }),
    total: t.float({ required: true, description: 'Of how much.' }),
    unit: t.string({ required: true, description: 'Of what: `steps`, `images`.' }),
    perSecond: t.float({ description: 'How many of them a second.' }),
    note: t.string({ description: 'What is under way, for people.' }),
  }),
});

const CurveInput = builder.inputType('CurveInput', {
  description: 'New points of one curve, as columns of one length.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Its name in the job, such as `loss`.' }),
    steps: t.intList({ required: true, description: 'Ascending.' }),
    values: t.floatList({ required: true, description: 'At these steps.' }),
    wallTimes: t.floatList({ required: true, description: 'Seconds since the Unix epoch.' }),
  }),
});

const AppendCurvesInput = builder.inputType('AppendCurvesInput', {
  description: 'What to add to which curves.',
  fields: (t) => ({
    ...attemptFields(t),
    curves: t.field({ type: [CurveInput], required: true, description: 'Any number of curves.' }),
  }),
});

const ResumeJobInput = builder.inputType('ResumeJobInput', {
  description: 'From where an attempt goes on.',
  fields: (t) => ({
    ...attemptFields(t),
    step: t.int({ required: true, description: 'Step of the checkpoint it goes on from.' }),
  }),
});

const SaveCheckpointInput = builder.inputType('SaveCheckpointInput', {
  description: 'Where another attempt could go on.',
  fields: (t) => ({
    ...attemptFields(t),
    step: t.int({ required: true, description: 'Steps that are done.' }),
    sha256: t.string({ required: true, description: 'What was uploaded for it.' }),
  }),
});

const ReportMessageInput = builder.inputType('ReportMessageInput', {
  description: 'A remark for people.',
  fields: (t) => ({
    ...attemptFields(t),
    level: t.field({ type: MessageLevelEnum, required: true, description: 'Its weight.' }),
    text: t.string({ required: true, description: 'The remark.' }),
  }),
});

const ReportFeatureUseInput = builder.inputType('ReportFeatureUseInput', {
  description: 'What the cache of teacher features did for an attempt so far.',
  fields: (t) => ({
    ...attemptFields(t),
    hits: t.field({
      type: 'BigInt',
      required: true,
      description: 'Images whose features were read.',
    }),
    misses: t.field({
      type: 'BigInt',
      required: true,
      description: 'Images that the teacher was run on.',
    }),
    bytesRead: t.field({ type: 'BigInt', required: true, description: 'Bytes that were read.' }),
    seconds: t.float({ required: true, description: 'Spent running the teacher.' }),
    savedSeconds: t.float({ description: 'That would have been spent without it.' }),
  }),
});

const FailJobInput = builder.inputType('FailJobInput', {
  description: 'Why an attempt failed.',
  fields: (t) => ({
    ...attemptFields(t),
    code: t.field({ type: ErrorCodeEnum, required: true, description: 'One of the closed list.' }),
    message: t.string({ required: true, description: 'What happened, for people.' }),
    retry: t.boolean({
      required: true,
      description:
        'True where another machine or moment may do better; false where the same again would fail ' +
        'the same, which ends the search.',
    }),
  }),
});

const writeTold =
  ' ATTEMPT_STALE when the job was given to another attempt, CANCELLED when it was cancelled; then ' +
  'nothing is written.';

builder.mutationFields((t) => ({
  keepJob: t.field({
    type: HeldJobObject,
    description:
      'Says that the trainer lives, and hears whether the job was cancelled or its search paused. ' +
      'ATTEMPT_STALE when it was given to another attempt.',
    args: { input: t.arg({ type: AttemptInput, required: true, description: 'Which attempt.' }) },
    resolve: async (_root, { input }, context) => {
      const held = await heldAttempt(input, context);
      return toHeldJob(held, !(await held.keep()));
    },
  }),
  reportProgress: t.field({
    type: HeldJobObject,
    description: `Says how far the job is.${writeTold}`,
    args: {
      input: t.arg({ type: ReportProgressInput, required: true, description: 'How far it is.' }),
    },
    resolve: (_root, { input }, context) => {
      const { done, total, unit, perSecond = null, note = null } = input;
      return written(input, context, (attempt) =>
        attempt.progress({ done, total, unit, perSecond, note }),
      );
    },
  }),
  appendCurves: t.field({
    type: HeldJobObject,
    description:
      'Adds points to curves. Points at or before the last stored step of a curve are left out, so ' +
      'what was sent without an answer can be sent again. DIVERGED for a value that is not finite.' +
      writeTold,
    args: {
      input: t.arg({ type: AppendCurvesInput, required: true, description: 'What to add.' }),
    },
    resolve: (_root, { input }, context) => {
      const curves = checkedCurves(input.curves);
      return written(input, context, (attempt) => attempt.appendCurves(curves));
    },
  }),
  resumeJob: t.field({
    type: HeldJobObject,
    description:
      'Says from which step the attempt goes on: points of curves behind it, which a lost attempt ' +
      'wrote after its last checkpoint, are deleted, and so are checkpoints behind it, which turned ' +
      `out to be damaged.${writeTold}`,
    args: {
      input: t.arg({ type: ResumeJobInput, required: true, description: 'From where.' }),
    },
    resolve: (_root, { input }, context) =>
      written(input, context, (attempt) => attempt.resumeFrom(input.step)),
  }),
  saveCheckpoint: t.field({
    type: HeldJobObject,
    description:
      "Notes an uploaded file as what another attempt goes on from; the job's last two are kept. " +
      `ARTIFACT_MISSING when this token has not uploaded it.${writeTold}`,
    args: {
      input: t.arg({ type: SaveCheckpointInput, required: true, description: 'The checkpoint.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { step, sha256 } = input;
      return written(input, context, async (attempt) => {
        const tokenId = trainerToken(context.viewer);
        const upload = await uploadOf(context.database, tokenId, sha256, ['sha256']);
        await attempt.saveCheckpoint({ ...upload, step });
      });
    },
  }),
  reportMessage: t.field({
    type: HeldJobObject,
    description: `Tells the people who watch the search, in words.${writeTold}`,
    args: {
      input: t.arg({ type: ReportMessageInput, required: true, description: 'The remark.' }),
    },
    resolve: (_root, { input }, context) =>
      written(input, context, (attempt) => attempt.message(input.level, input.text)),
  }),
  reportFeatureUse: t.field({
    type: HeldJobObject,
    description: `Says what the cache of teacher features did so far; the last word counts.${writeTold}`,
    args: {
      input: t.arg({ type: ReportFeatureUseInput, required: true, description: 'What it did.' }),
    },
    resolve: (_root, { input }, context) => {
      const { hits, misses, bytesRead, seconds, savedSeconds = null } = input;
      const use = {
        ...{ hits: Number(hits), misses: Number(misses), bytesRead: Number(bytesRead) },
        ...{ seconds, savedSeconds },
      };
      return written(input, context, (attempt) => attempt.recordFeatures(use));
    },
  }),
  failJob: t.field({
    type: HeldJobObject,
    description:
      'Ends the attempt as failed. With `retry` the job is queued again while its retries last; ' +
      `otherwise it and its search fail.${writeTold}`,
    args: { input: t.arg({ type: FailJobInput, required: true, description: 'Why.' }) },
    resolve: (_root, { input }, context) => {
      const { code, message, retry } = input;
      return written(
        input,
        context,
        (attempt) => attempt.fail({ code, message }, { retry }),
        `attempt failed: ${code}`,
      );
    },
  }),
  releaseJob: t.field({
    type: HeldJobObject,
    description:
      'Hands the job back at once, for an orderly shutdown or because its search is paused; the next ' +
      `attempt goes on from the checkpoint, and no retry is used up.${writeTold}`,
    args: { input: t.arg({ type: AttemptInput, required: true, description: 'Which attempt.' }) },
    resolve: (_root, { input }, context) =>
      written(input, context, (attempt) => attempt.abandon(), 'attempt handed back'),
  }),
}));
