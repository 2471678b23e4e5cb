import { Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';
import { maxMutationFields } from '../limits.ts';
import { refused } from './refused.ts';

/** Changes with a secret that could be guessed: one guess per operation. */
const guessed = new Set(['setPassword']);

/** Refuses a mutation of many changes or guesses, however they are spread over fragments. */
export const mutationRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (node.operation !== 'mutation') return;
    const names = fieldsOf(node.selectionSet, context, new Set());
    if (names.length > maxMutationFields) {
      const message = `A mutation may have ${maxMutationFields} fields at its top at most.`;
      context.reportError(refused('TOO_COMPLEX', message, { nodes: node }));
    }
    const guesses = names.filter((name) => guessed.has(name));
    if (guesses.length > 1) {
      const message = `An operation may have ${guesses[0]} once.`;
      context.reportError(refused('TOO_COMPLEX', message, { nodes: node }));
    }
  },
});

/** Names of the fields of a selection with those of its fragments, each named one entered once. */
function fieldsOf(
  { selections }: SelectionSetNode,
  context: ValidationContext,
  entered: Set<string>,
): string[] {
  const names: string[] = [];
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      names.push(selection.name.value);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      names.push(...fieldsOf(selection.selectionSet, context, entered));
    } else if (!entered.has(selection.name.value)) {
      entered.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) names.push(...fieldsOf(fragment.selectionSet, context, entered));
    }
  }
  return names;
}
