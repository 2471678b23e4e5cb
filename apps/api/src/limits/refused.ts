import { DomainError, type ErrorCode, type ErrorPath } from '@blockwise/contracts';
import { type ASTNode, GraphQLError } from 'graphql';

/** An operation that is refused before it runs, with where in the document it went wrong. */
export function refused(
  code: ErrorCode,
  message: string,
  { nodes, path }: { nodes?: ASTNode | readonly ASTNode[]; path?: ErrorPath } = {},
): GraphQLError {
  return new GraphQLError(message, {
    ...(nodes === undefined ? {} : { nodes }),
    originalError: new DomainError(code, message, path === undefined ? {} : { path }),
  });
}
