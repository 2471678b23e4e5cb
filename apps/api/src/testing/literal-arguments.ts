import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Ids and words for arguments, by the argument's name or its path (`networks.best`). */
export type Known = (path: string) => string | undefined;

/**
 * Arguments with which a field can be called, as GraphQL text: those that are required, and those
 * that `known` has a literal for. Of inputs of which exactly one field is given, the first known one.
 */
export function literalArguments(
  args: readonly (GraphQLArgument | GraphQLInputField)[],
  known: Known,
  under = '',
): string {
  const parts = args.flatMap((arg) => {
    const path = under === '' ? arg.name : `${under}.${arg.name}`;
    const given = known(path);
    if (given !== undefined) return [`${arg.name}: ${given}`];
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    return isRequired ? [`${arg.name}: ${literal(arg.type, known, path)}`] : [];
  });
  return parts.join(', ');
}

function literal(type: GraphQLInputType, known: Known, path: string): string {
  if (isNonNullType(type)) return literal(type.ofType, known, path);
  if (isListType(type)) return `[${literal(type.ofType, known, path)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const inside = type === undefined ? '' : path.replace(/^input(\.|$)/, '');
    return `{ ${literalArguments(Object.values(type.getFields()), known, inside)} }`;
  }
  switch (type.name) {
    case 'Int':
    case 'Float':
    case 'BigInt':
      return '1';
    case 'Boolean':
      return 'true';
    case 'String':
      return '"text"';
    case 'JSON':
      return '{}';
    case 'DateTime':
      return '"2026-01-31T12:00:00Z"';
    default:
      throw new Error(`no value is known for the argument ${path} of the type ${type.name}`);
  }
}
