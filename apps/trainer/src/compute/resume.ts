import { DomainError } from '@blockwise/contracts';
import { type NamedArrays, readSafetensors, writeSafetensors } from '@blockwise/engine';
import type { Reporter } from './reporter.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';

/** A checkpoint as a request carries it: the state after `step` steps. */
export interface ResumePoint {
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** A training's state between two steps. `sums` are running totals that its curves need. */
export interface TrainingState {
  readonly arrays: NamedArrays;
  readonly sums: Readonly<Record<string, number>>;
}

/** safetensors; the sums as JSON in the metadata, which keeps every digit of them. */
export function writeState(step: number, { arrays, sums }: TrainingState): Uint8Array {
  return writeSafetensors(arrays, { step: String(step), sums: JSON.stringify(sums) });
}

/** @throws DomainError ARTIFACT_MISSING when the bytes are not the checkpoint of that step */
export function readState({ step, bytes }: ResumePoint): TrainingState {
  const { arrays, metadata } = readSafetensors(bytes);
  if (metadata.step !== String(step) || metadata.sums === undefined) {
    throw new DomainError('ARTIFACT_MISSING', `The checkpoint is not that of step ${step}.`);
  }
  return { arrays, sums: JSON.parse(metadata.sums) as Record<string, number> };
}

/**
 * Called between two steps: ends the task when it was asked to stop; before an orderly shutdown it
 * hands the state over, so that no step is repeated.
 *
 * @throws TaskStopped
 */
export async function stopWhenAsked(
  { stop, reporter }: { stop: StopSignal; reporter: Reporter },
  step: number,
  state: () => Promise<TrainingState>,
): Promise<void> {
  const request = stop.read();
  if (request === null) return;
  if (request === 'suspend' && step > 0) reporter.checkpoint(step, writeState(step, await state()));
  throw new TaskStopped(`The training was stopped after step ${step}.`);
}
