import {
  isOutOfMemory,
  type NamedArrays,
  readSafetensors,
  writeSafetensors,
} from '@blockwise/engine';
import { z } from 'zod';
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

/** A checkpoint is whole, but nothing that this training can go on from: of another form or network. */
export class UnreadableCheckpoint extends Error {
  override readonly name = 'UnreadableCheckpoint';
}

const storedSums = z.record(z.string(), z.number());

/** safetensors; the sums as JSON in the metadata, which keeps every digit of them. */
export function writeState(step: number, { arrays, sums }: TrainingState): Uint8Array {
  return writeSafetensors(arrays, { step: String(step), sums: JSON.stringify(sums) });
}

/** @throws UnreadableCheckpoint when the bytes are not a state of that step */
export function readState({ step, bytes }: ResumePoint): TrainingState {
  return readable(() => {
    const { arrays, metadata } = readSafetensors(bytes);
    if (metadata.step !== String(step)) throw new Error(`it is of step ${metadata.step}`);
    return { arrays, sums: storedSums.parse(JSON.parse(metadata.sums ?? '')) };
  });
}

/**
 * Lets a training go on from a state.
 *
 * @throws UnreadableCheckpoint when its arrays are not those that the training has
 */
export function restore(
  training: { restore(arrays: NamedArrays): void },
  { arrays }: TrainingState,
): void {
  readable(() => training.restore(arrays));
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Of memory there may be enough the next time; the bytes stay what they are.
    if (isOutOfMemory(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableCheckpoint(reason, { cause: error });
  }
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
