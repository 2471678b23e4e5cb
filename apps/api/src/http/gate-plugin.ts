import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Context } from '../context.ts';
import { callerOf } from '../limits/caller.ts';
import type { Admission, Cost, OperationGate } from '../limits/operation-gate.ts';
import { RateLimitedError } from '../limits/rate.ts';
import { refused } from '../limits/refused.ts';
import { withoutSuggestions } from '../limits/suggestions.ts';
import type { Log } from '../log.ts';
import type { ApiMetrics } from '../metrics/api-metrics.ts';
import { shownError } from '../shown-error.ts';

/** `OK`, or the code of the first error. */
export function outcomeOf({ errors }: Answer): string {
  return errors?.[0] === undefined ? 'OK' : String(errors[0].extensions?.code ?? 'INTERNAL');
}

/** What of an answer tells how it went, formatted or not. */
interface Answer {
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Puts the gate before every operation over HTTP, and its cost into the answer's extensions. */
export function gatePlugin(
  gate: OperationGate,
  metrics: ApiMetrics,
  log: Log,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const began = performance.now();
      let cost: Cost | undefined;
      return {
        async responseForOperation({ source, document, operation, request, contextValue }) {
          const admission = await gate.admit(
            {
              source,
              document,
              variables: request.variables ?? {},
              operationName: request.operationName ?? undefined,
            },
            callerOf(contextValue),
          );
          cost = admission.cost;
          const refusals = refusalsOf(admission, operation);
          if (refusals.length === 0) {
            metrics.cost(operation.operation, admission.cost?.requested ?? 0);
            return null;
          }
          const errors = refusals.map((error) => shownError(error, log));
          const limited = refusals[0]?.originalError;
          const headers = new HeaderMap();
          if (limited instanceof RateLimitedError) {
            headers.set('retry-after', String(limited.retryAfterSeconds));
          }
          return {
            http: { status: limited instanceof RateLimitedError ? 429 : 400, headers },
            body: { kind: 'single', singleResult: { errors } },
          };
        },
        async willSendResponse({ response, operation, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const kind = operation?.operation ?? 'unknown';
          metrics.operation(kind, outcomeOf(singleResult), (performance.now() - began) / 1000);
          if (cost !== undefined) singleResult.extensions = { ...singleResult.extensions, cost };
          if (singleResult.errors !== undefined) {
            if (singleResult.errors.some(isForNow)) response.http.status = 503;
            singleResult.errors = withoutSuggestions(singleResult.errors, callerOf(contextValue));
          }
        },
      };
    },
  };
}

/** The operation is there only when the document is one. */
function refusalsOf(
  { errors }: Admission,
  operation: OperationDefinitionNode | undefined,
): readonly GraphQLError[] {
  if (errors.length > 0 || operation?.operation !== 'subscription') return errors;
  const message = 'Subscriptions run over a WebSocket; over HTTP ask the query of the same name.';
  return [refused('BAD_INPUT', message, { path: ['query'] })];
}

/** Balancers and clients ask again for an answer that is only missing at the moment. */
function isForNow({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.code === 'UNAVAILABLE';
}
