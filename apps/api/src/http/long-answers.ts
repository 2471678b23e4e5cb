import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { Response } from 'express';
import type { FormattedExecutionResult } from 'graphql';
import { answerPieces, hasLongText } from './answer-pieces.ts';

/** Long answers by their headers, an object that Apollo hands on as it is. */
export type LongAnswers = WeakMap<HeaderMap, FormattedExecutionResult>;

/**
 * Takes long answers out of Apollo's hands, which would make one text of each. Stands behind plugins
 * that change answers.
 */
export function keepLongAnswers(kept: LongAnswers): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single' || !hasLongText(response.body.singleResult)) return;
          kept.set(response.http.headers, response.body.singleResult);
          response.body = { kind: 'single', singleResult: {} };
        },
      };
    },
  };
}

/**
 * Writes an answer piece by piece, as fast as it is read.
 *
 * @throws Error when the reader leaves before its end
 */
export async function sendLongAnswer(
  response: Response,
  { errors, data, extensions }: FormattedExecutionResult,
): Promise<void> {
  const pieces = answerPieces({ errors, data, extensions });
  const bytes = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 1);
  response.setHeader('Content-Length', bytes);
  await pipeline(Readable.from(encoded(pieces), { objectMode: true, highWaterMark: 1 }), response);
}

function* encoded(pieces: readonly string[]): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
  yield Buffer.from('\n');
}
