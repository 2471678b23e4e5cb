import { z } from 'zod';
import { type OperationLimits, usualLimits } from './operation-limits.ts';

const whole = z.coerce.number().int().positive();

/** Variables of the environment that set limits; docs/limits.md says when to change them. */
export const limitVariables = {
  /** Objects that one operation may cost. */
  OPERATION_COST: whole.default(usualLimits.operationCost),
  /** Cost of all operations of a token or a person in a minute. */
  COST_PER_MINUTE: whole.default(usualLimits.costPerMinute),
  /** The same of everybody together who is not signed in, by address. */
  ANONYMOUS_COST_PER_MINUTE: whole.default(usualLimits.anonymousCostPerMinute),
  /** Requests of an address in a minute. */
  REQUESTS_PER_MINUTE: whole.default(usualLimits.requestsPerMinute),
  /** Postgres ends a statement of the API after this time. */
  STATEMENT_TIMEOUT_SECONDS: z.coerce.number().positive().default(30),
  /** File of the documents that may be asked for by id, as the client's generator writes it. */
  PERSISTED_DOCUMENTS: z.string().optional(),
  /** `true`: whoever sends no token runs persisted documents only. */
  DOCUMENTS_ONLY: z.stringbool().default(usualLimits.documentsOnly),
};

type LimitVariables = z.output<z.ZodObject<typeof limitVariables>>;

/** Limits of operations as the environment sets them. */
export function limitsOf(env: LimitVariables): OperationLimits {
  return {
    operationCost: env.OPERATION_COST,
    costPerMinute: env.COST_PER_MINUTE,
    anonymousCostPerMinute: env.ANONYMOUS_COST_PER_MINUTE,
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    documentsOnly: env.DOCUMENTS_ONLY,
  };
}
