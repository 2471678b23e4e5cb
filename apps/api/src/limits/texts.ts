import type { ValidationRule } from 'graphql';
import { refused } from './refused.ts';

/**
 * Whether the database can keep a text: it has no NUL and no half of a surrogate pair. Whoever sends
 * such a text means harm, or has read a file as text that is none.
 */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

export const unstorable = 'A text holds the character NUL or half of a surrogate pair.';

/** Refuses texts in the document that the database cannot keep. */
export const textRule: ValidationRule = (context) => ({
  StringValue(node) {
    if (!isStorable(node.value))
      context.reportError(refused('BAD_INPUT', unstorable, { nodes: node }));
  },
});
