import { type ErrorCode, type ErrorPath, errorCodes } from '@blockwise/contracts';

/** A code of the platform's closed list, or `UNREACHABLE` when no answer came at all. */
export type ClientErrorCode = ErrorCode | 'UNREACHABLE';

/** A refusal by the API, with the code and the path of the field it is about, or a failed connection. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  /** Where in the input the error lies, outermost key first; empty when it is about the whole. */
  readonly path: ErrorPath;
  /** With `INFEASIBLE`: the value nearest to the bound at the path that a network has. */
  readonly nearest: number | undefined;
  /** With `RATE_LIMITED`: when to send the same again. */
  readonly retryAfterSeconds: number | undefined;
  /** Under which the server's log has it. */
  readonly requestId: string | undefined;

  constructor(
    code: ClientErrorCode,
    message: string,
    options: {
      path?: ErrorPath;
      nearest?: number;
      retryAfterSeconds?: number;
      requestId?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path ?? [];
    this.nearest = options.nearest;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.requestId = options.requestId;
  }
}

/**
 * Whether the API, or the database behind it, is only away: the same question may be answered in a
 * moment. A change may have been made all the same.
 */
export function isPassing(error: unknown): error is ClientError {
  return (
    error instanceof ClientError && (error.code === 'UNREACHABLE' || error.code === 'UNAVAILABLE')
  );
}

interface WireError {
  readonly message: string;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** Turns the first error of a GraphQL answer into a {@link ClientError}. */
export function fromWireErrors(errors: readonly WireError[]): ClientError {
  const first = errors[0];
  if (first === undefined) return new ClientError('INTERNAL', 'The API failed without a reason.');
  const { code, path, nearest, retryAfterSeconds, requestId } = first.extensions ?? {};
  return new ClientError(isErrorCode(code) ? code : 'INTERNAL', first.message, {
    path: Array.isArray(path) ? path.filter(isPathPart) : [],
    ...(typeof nearest === 'number' ? { nearest } : {}),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
    ...(typeof requestId === 'string' ? { requestId } : {}),
    cause: errors,
  });
}

/** For an address that does not answer, or stopped answering. */
export function unreachable(url: string, cause: unknown): ClientError {
  return new ClientError('UNREACHABLE', `There is no connection to ${url}.`, { cause });
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}

function isPathPart(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
