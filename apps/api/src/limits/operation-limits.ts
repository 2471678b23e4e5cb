/** Limits of operations that an operator may set (see docs/limits.md). */
export interface OperationLimits {
  /** Objects that one operation may cost. */
  readonly operationCost: number;
  /** Cost of all operations of a token or a person in a minute. */
  readonly costPerMinute: number;
  /** The same for everybody at one address who is not signed in. */
  readonly anonymousCostPerMinute: number;
  /** Requests of one address in a minute, whoever sends them. */
  readonly requestsPerMinute: number;
  /** Whether only persisted documents run for whoever sends no token. */
  readonly documentsOnly: boolean;
}

/**
 * What holds unless an operator says otherwise. The dearest call there is a reason for is the curves of
 * 100 runs with ten keys and 10,000 points each, which costs 11,000; an object takes tens of
 * microseconds, so an operation at its limit takes about a second, and a minute at its limit is thirty
 * of them.
 */
export const usualLimits: OperationLimits = {
  operationCost: 20_000,
  costPerMinute: 600_000,
  anonymousCostPerMinute: 60_000,
  requestsPerMinute: 30_000,
  documentsOnly: false,
};
