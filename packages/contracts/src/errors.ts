/** The closed list of error codes that reach people. The API's `extensions.code` is one of these. */
export const errorCodes = {
  BAD_INPUT: 'A field of the request or specification is wrong; the path names it.',
  SPEC_INVALID: 'The search specification does not hold together; the path names the field.',
  SPACE_SYNTAX: 'A search space or architecture string does not follow the grammar.',
  SPACE_MISFIT: 'A cell cannot fit between the cut points of the teacher.',
  DATASET_NOT_FOUND: 'The data folder or file does not exist or has no class folders.',
  DATASET_CORRUPT: 'Too many files of the data set do not decode.',
  WEIGHTS_NOT_FOUND: 'A file of weights does not exist or cannot be read.',
  WEIGHTS_MISMATCH:
    'A file of weights does not fit the network; missing, unexpected and misshapen names are listed.',
  UNAUTHENTICATED: 'Signing in, or a token, is needed; or the token is expired or revoked.',
  FORBIDDEN: 'The role or the scope of the token does not allow this.',
  RATE_LIMITED: 'Too many requests or attempts; `retryAfterSeconds` says when to come back.',
  TOO_COMPLEX: 'The operation is deeper, wider or dearer than the limits; the message names which.',
  TIMEOUT: 'The database needed longer than the limit; ask for less.',
  UNAVAILABLE: 'The database does not answer at the moment; the same works when it is back.',
  NOT_FOUND: 'There is no such object, or none that may be seen.',
  CONFLICT: 'The object is in a state that does not allow this.',
  INFEASIBLE: 'No network of the search space satisfies the constraints.',
  NOT_READY: 'The search has not produced what was asked for yet.',
  ATTEMPT_STALE: 'The job was given to another attempt; the write was refused.',
  CANCELLED: 'The work was cancelled.',
  DIVERGED: 'Training produced a value that is not finite.',
  OUT_OF_MEMORY:
    'A computation needs more memory than the engine has; the message names its shapes.',
  ARTIFACT_MISSING: 'A stored artifact is missing or does not match its hash.',
  ENGINE_UNAVAILABLE: 'The chosen engine cannot run on this machine.',
  INTERNAL: 'An unexpected failure; the request id finds it in the log.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Where in the input an error lies: object keys and list positions, outermost first. */
export type ErrorPath = readonly (string | number)[];

/** An expected failure: it is shown to the person who can act on it, never masked. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly path: ErrorPath;
  /** Of a bound that cannot be met, which the path names: the nearest value that can, in its unit. */
  readonly nearest: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { path?: ErrorPath; nearest?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path ?? [];
    this.nearest = options.nearest;
  }
}
