import { DomainError } from '@blockwise/contracts';
import { GraphQLError, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';

type Resolver = NonNullable<GraphQLFieldConfig<unknown, unknown>['resolve']>;

/**
 * Makes the errors of root fields say which field they come from. GraphQL takes anything with a
 * `path` for an error that it has already located, but a DomainError's path lies in the input.
 */
export function locateErrors(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      field.resolve &&= wrapped(field.resolve);
      field.subscribe &&= wrapped(field.subscribe);
    }
  }
  return schema;
}

function wrapped(resolve: Resolver): Resolver {
  return async (...args) => {
    try {
      return await resolve(...args);
    } catch (error) {
      throw error instanceof DomainError
        ? new GraphQLError(error.message, { originalError: inApiWords(error) })
        : error;
    }
  };
}

/** Arguments of services by the names that the API gives them. */
const argumentNames = new Map<string | number | undefined, string>([
  ['searchId', 'search'],
  ['networkId', 'network'],
  ['auditId', 'audit'],
  ['retrainingId', 'retraining'],
  ['jobId', 'job'],
  ['cellId', 'cell'],
]);

function inApiWords(error: DomainError): DomainError {
  const [first, ...rest] = error.path;
  const name = argumentNames.get(first);
  return name === undefined
    ? error
    : new DomainError(error.code, error.message, { path: [name, ...rest], cause: error });
}
