import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '@blockwise/artifacts';
import { DomainError } from '@blockwise/contracts';
import type { Response } from 'express';
import type { Log } from '../log.ts';
import { refuse } from './refusal.ts';

/**
 * Answers an artifact while it is read. What is gone or damaged is refused; where the damage shows
 * only after the beginning was sent the connection is cut, so that it never looks whole.
 */
export async function sendArtifact(
  { artifacts, log }: { readonly artifacts: ArtifactStore; readonly log: Log },
  sha256: string,
  headers: Record<string, string>,
  response: Response,
): Promise<void> {
  try {
    const { bytes, pieces } = await artifacts.read(sha256);
    const rest = pieces[Symbol.asyncIterator]();
    const first = await rest.next();
    response.set(headers);
    if (response.req.fresh) {
      await rest.return?.();
      response.status(304).end();
      return;
    }
    response.set('Content-Length', String(bytes));
    const whole = Readable.from(from(first, rest), { objectMode: true, highWaterMark: 1 });
    await pipeline(whole, response);
  } catch (error) {
    if (response.headersSent) log.warn({ err: error }, 'an artifact was cut off');
    else if (error instanceof DomainError) refuse(response, 404, error.message, error.code);
    else throw error;
  }
}

async function* from(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
