import { Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';
import { maxMutationFields } from '../limits.ts';
import { refused } from './refused.ts';

/** Refuses a mutation of many changes, however they are spread over fragments. */
export const mutationRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (node.operation !== 'mutation') return;
    if (countFields(node.selectionSet, context, new Set()) > maxMutationFields) {
      const message = `A mutation may have ${maxMutationFields} fields at its top at most.`;
      context.reportError(refused('TOO_COMPLEX', message, { nodes: node }));
    }
  },
});

/** Fields of a selection with those of its fragments; each named one counts once. */
function countFields(
  { selections }: SelectionSetNode,
  context: ValidationContext,
  entered: Set<string>,
): number {
  let fields = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      fields += 1;
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      fields += countFields(selection.selectionSet, context, entered);
    } else if (!entered.has(selection.name.value)) {
      entered.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) fields += countFields(fragment.selectionSet, context, entered);
    }
  }
  return fields;
}
