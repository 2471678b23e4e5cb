import { CloseCode, type FormattedExecutionResult } from 'graphql-ws';
import { ClientError, fromWireErrors, unreachable } from './client-error.ts';

/** Close codes with which trying again would only be refused again. */
const refusals: ReadonlySet<number> = new Set([
  CloseCode.BadRequest,
  CloseCode.Unauthorized,
  CloseCode.Forbidden,
  CloseCode.SubprotocolNotAcceptable,
]);

/**
 * Unwraps answers. Not an async generator: `return()` must end a `next()` that is still waiting,
 * where a generator would queue behind it.
 */
export function unwrapAnswers<Result>(
  url: string,
  answers: AsyncIterableIterator<FormattedExecutionResult>,
): AsyncIterableIterator<Result> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const step = await answers.next().catch((error: unknown) => {
        throw asClientError(url, error);
      });
      if (step.done) return { done: true, value: undefined };
      const { data, errors } = step.value;
      if (errors !== undefined || data === undefined || data === null) {
        await answers.return?.();
        throw fromWireErrors(errors ?? []);
      }
      // The document's type says what the server answers: the same SDL generated both.
      return { done: false, value: data as Result };
    },
    async return() {
      await answers.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** graphql-ws rejects with a list of GraphQL errors, a close event, or an `Error`. */
function asClientError(url: string, error: unknown): ClientError {
  if (Array.isArray(error)) return fromWireErrors(error);
  if (isCloseEvent(error) && refusals.has(error.code)) {
    return new ClientError('INTERNAL', `${url} refused: ${error.reason} (${error.code}).`, {
      cause: error,
    });
  }
  return unreachable(url, error);
}

function isCloseEvent(value: unknown): value is { code: number; reason: string } {
  return typeof value === 'object' && value !== null && 'code' in value && 'reason' in value;
}
