import { setTimeout } from 'node:timers/promises';
import { DomainError } from '@blockwise/contracts';
import type { ReadArtifact } from './store.ts';

/** Pauses before an artifact is read again whose connection broke off, seconds. */
const pauseSeconds = [0.2, 1, 5];

/** All bytes of an artifact. A client retries what was not answered; an answer that breaks off, nobody else. */
export async function wholeOf(read: () => Promise<ReadArtifact>): Promise<Uint8Array<ArrayBuffer>> {
  for (const pause of [...pauseSeconds, null]) {
    const { bytes, pieces } = await read();
    try {
      return await joined(pieces, bytes);
    } catch (error) {
      if (error instanceof DomainError || pause === null) throw error;
      await setTimeout(pause * 1000);
    }
  }
  throw new Error('the last try ends the loop');
}

async function joined(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(length);
  let at = 0;
  for await (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
