import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from './caller.ts';

/** Errors without the names that GraphQL suggests for misspelt ones, for whoever is not signed in. */
export function withoutSuggestions(
  errors: readonly GraphQLFormattedError[],
  { isSignedIn }: Caller,
): readonly GraphQLFormattedError[] {
  return isSignedIn
    ? errors
    : errors.map((error) => ({
        ...error,
        message: error.message.replace(/ ?Did you mean .*\?/, ''),
      }));
}
