import { maxVariableDepth, maxVariableValues } from '../limits.ts';
import { refused } from './refused.ts';
import { isStorable, unstorable } from './texts.ts';

/** The fault of variables that are nested too deeply, hold too much or what no database keeps; or undefined. */
export function faultOfVariables(variables: Readonly<Record<string, unknown>>) {
  let level: unknown[] = [variables];
  let values = 0;
  // Level by level, not by recursion: the nesting is the sender's choice.
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxVariableDepth) {
      const message = `Variables lie more than ${maxVariableDepth} deep inside each other.`;
      return refused('TOO_COMPLEX', message, { path: ['variables'] });
    }
    values += level.length;
    if (values > maxVariableValues) {
      const message = `Variables have more than ${maxVariableValues} values.`;
      return refused('TOO_COMPLEX', message, { path: ['variables'] });
    }
    if (level.some((value) => typeof value === 'string' && !isStorable(value))) {
      return refused('BAD_INPUT', unstorable, { path: ['variables'] });
    }
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return undefined;
}
