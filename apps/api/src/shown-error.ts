import { DomainError, type ErrorCode } from '@blockwise/contracts';
import { isTooSlow, isUnavailable } from '@blockwise/db';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { currentRequestId } from './http/request-id.ts';
import { InputIssuesError } from './input-issues.ts';
import { RateLimitedError } from './limits/rate.ts';
import type { Log } from './log.ts';

/** Codes that the GraphQL server gives to requests it cannot serve as they are. */
const requestFaults = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * An error as a client sees it: `extensions.code` is of the closed list, the unexpected is masked
 * and logged under the request id, and there is never a stack trace.
 */
export function shownError(error: unknown, log: Log): GraphQLFormattedError {
  const requestId = currentRequestId();
  const graphqlError = error instanceof GraphQLError ? error : undefined;
  const where = {
    ...(graphqlError?.locations === undefined ? {} : { locations: graphqlError.locations }),
    ...(graphqlError?.path === undefined ? {} : { path: graphqlError.path }),
  };
  const cause = rootOf(error);
  if (cause instanceof DomainError && cause.code !== 'INTERNAL') {
    return {
      message: cause.message,
      ...where,
      extensions: {
        code: cause.code,
        ...(cause.path.length === 0 ? {} : { path: cause.path }),
        ...(cause.nearest === undefined ? {} : { nearest: cause.nearest }),
        ...(cause instanceof InputIssuesError ? { issues: cause.issues } : {}),
        ...(cause instanceof RateLimitedError
          ? { retryAfterSeconds: cause.retryAfterSeconds }
          : {}),
        requestId,
      },
    };
  }
  if (cause instanceof GraphQLError && isRequestFault(cause)) {
    const code: ErrorCode = hasTooManyTokens(cause) ? 'TOO_COMPLEX' : 'BAD_INPUT';
    return { message: cause.message, ...where, extensions: { code, requestId } };
  }
  if (isTooSlow(cause)) {
    log.warn({ err: cause, requestId }, 'a statement took too long');
    const code: ErrorCode = 'TIMEOUT';
    const message = 'The database needed too long for this. Ask for less, or later.';
    return { message, ...where, extensions: { code, requestId } };
  }
  if (isUnavailable(cause)) {
    log.warn({ err: cause, requestId }, 'the database was away');
    const code: ErrorCode = 'UNAVAILABLE';
    const message = 'The database does not answer at the moment. Try again in a while.';
    return { message, ...where, extensions: { code, requestId } };
  }
  log.error({ err: cause, requestId }, 'unexpected error');
  const code: ErrorCode = 'INTERNAL';
  return {
    message: `Something went wrong on the server. The log has it under ${requestId}.`,
    ...where,
    extensions: { code, requestId },
  };
}

/** What was thrown, below the wrappers that GraphQL puts around it to say where. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) {
    root = root.originalError;
  }
  return root;
}

/** A GraphQLError that nobody wrapped is about the request: syntax, validation, or coercion of input. */
function isRequestFault(error: GraphQLError): boolean {
  const { code } = error.extensions;
  return code === undefined || requestFaults.has(String(code));
}

/** GraphQL stops reading a document at its limit of tokens, and says so in words only. */
function hasTooManyTokens({ message }: GraphQLError): boolean {
  return /^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(message);
}
