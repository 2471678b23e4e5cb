import { channel } from 'node:diagnostics_channel';
import type { ErrorCode, JobKind, JobState } from '@blockwise/contracts';

/** Something that this process has written, told once it is committed: for metrics. */
export type Happening =
  | {
      readonly what: 'attemptEnded';
      readonly kind: JobKind;
      readonly state: JobState;
      /** Of a failure. */
      readonly code: ErrorCode | null;
      /** How long it lasted. */
      readonly seconds: number;
    }
  | {
      readonly what: 'jobEnded';
      readonly kind: JobKind;
      readonly state: JobState;
      readonly code: ErrorCode | null;
    }
  /** Its trainer fell silent, or the queue had given it up. */
  | { readonly what: 'jobLost'; readonly kind: JobKind }
  | { readonly what: 'checkpointSaved'; readonly kind: JobKind; readonly bytes: number }
  /** Points of curves, with those that were sent a second time. */
  | { readonly what: 'pointsTaken'; readonly points: number };

const told = channel('blockwise.happenings');

/** Tells whoever counts in this process. */
export function tell(happening: Happening): void {
  told.publish(happening);
}

/** Hears of everything that this process writes from now on, until what it answers is called. */
export function onHappening(listener: (happening: Happening) => void): () => void {
  const hear = (message: unknown) => listener(message as Happening);
  told.subscribe(hear);
  return () => void told.unsubscribe(hear);
}
