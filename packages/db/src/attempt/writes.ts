import type { AttemptWrites } from './attempt.ts';
import { saveCheckpoint } from './checkpoints.ts';
import { completeDistil, completeLatency, completeTeacher } from './complete.ts';
import { completeExport } from './complete-export.ts';
import { completeMaps } from './complete-maps.ts';
import { completeCut, completeRetrain, completeSolve } from './complete-networks.ts';
import { completeRate } from './complete-rate.ts';
import { completeVerify } from './complete-verify.ts';
import type { AttemptContext } from './context.ts';
import { appendCurves, resumeFrom } from './curves.ts';
import { abandonAttempt, failAttempt } from './fail.ts';
import { recordFeatures } from './features.ts';
import { standing, writeMessage, writeProgress } from './progress.ts';

/** All that an attempt may write. */
export function writesOf(context: AttemptContext): AttemptWrites {
  return {
    progress: (progress) => writeProgress(context, progress),
    appendCurves: (curves) => appendCurves(context, curves),
    saveCheckpoint: (checkpoint) => saveCheckpoint(context, checkpoint),
    resumeFrom: (step) => resumeFrom(context, step),
    standing: () => standing(context),
    message: (level, text) => writeMessage(context, level, text),
    recordFeatures: (use) => recordFeatures(context, use),
    completeTeacher: (result) => completeTeacher(context, result),
    completeLatency: (result) => completeLatency(context, result),
    completeDistil: (result) => completeDistil(context, result),
    completeRate: (result) => completeRate(context, result),
    completeSolve: (result) => completeSolve(context, result),
    completeRetrain: (result) => completeRetrain(context, result),
    completeCut: (result) => completeCut(context, result),
    completeExport: (result) => completeExport(context, result),
    completeVerify: (result) => completeVerify(context, result),
    completeMaps: (result) => completeMaps(context, result),
    fail: (failure, options) => failAttempt(context, failure, options),
    abandon: (options) => abandonAttempt(context, options),
  };
}
