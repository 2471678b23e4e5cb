import { DomainError, type ErrorCode } from '@blockwise/contracts';
import { isUnavailable } from '@blockwise/db';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { RateLimitedError } from '../limits/rate.ts';
import { maxRequestBytes } from '../limits.ts';
import type { Log } from '../log.ts';
import { shownError } from '../shown-error.ts';
import { currentRequestId } from './request-id.ts';

/** Refuses a request as a whole, in the shape of GraphQL's errors. */
export function refuse(
  response: Response,
  status: number,
  message: string,
  code: ErrorCode = 'BAD_INPUT',
): void {
  const extensions = { code, requestId: currentRequestId() };
  response.status(status).json({ errors: [{ message, extensions }] });
}

/** Answers what no other route answered. */
export const answerNotFound: RequestHandler = (request, response) => {
  refuse(response, 404, `There is nothing at ${request.path}; the API is at /graphql.`);
};

/** Answers what reading a request's body or serving a route threw. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const fault = bodyFault(error);
    if (fault === undefined) {
      if (error instanceof RateLimitedError) {
        response.setHeader('Retry-After', String(error.retryAfterSeconds));
      }
      response.status(statusOf(error)).json({ errors: [shownError(error, log)] });
      return;
    }
    if (fault === 'entity.too.large') {
      refuse(response, 413, `A request's body may have ${maxRequestBytes} bytes at most.`);
      return;
    }
    const reason = fault === 'entity.parse.failed' ? 'is not JSON' : 'cannot be read';
    refuse(response, 400, `The request's body ${reason}.`);
  };
}

/** Status of an answer that is an error as a whole. */
function statusOf(error: unknown): number {
  if (isUnavailable(error)) return 503;
  switch (error instanceof DomainError ? error.code : 'INTERNAL') {
    case 'UNAUTHENTICATED':
      return 401;
    case 'FORBIDDEN':
      return 403;
    case 'NOT_FOUND':
      return 404;
    case 'RATE_LIMITED':
      return 429;
    case 'INTERNAL':
      return 500;
    default:
      return 400;
  }
}

/** How the body parser names what is wrong with a body; undefined for all other errors. */
function bodyFault(error: unknown): string | undefined {
  return error instanceof Error && 'type' in error && 'expose' in error
    ? String(error.type)
    : undefined;
}
