import {
  type DocumentNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  isObjectType,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { maxPageSize } from '../limits.ts';
import { type FieldCost, fieldCosts } from './field-costs.ts';
import { refused } from './refused.ts';

/** Items that a list is taken to have that nothing is known of. */
const usualListSize = 10;
/** Selections of a document once fragments are put in where they are used. */
const maxSelections = 10_000;

/** Cost of one operation before it runs, in objects read; what is computed counts as many more. */
export type CostOf = (operation: {
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}) => number | GraphQLError;

/**
 * Makes the function that foretells costs in a schema. An object costs 1 wherever it can appear in
 * the answer: pages count with the size that is asked for, other lists with what {@link fieldCosts}
 * says. Plain values cost nothing, they come with their object.
 */
export function costsOf(schema: GraphQLSchema): CostOf {
  const pages = pageTypes(schema);
  const estimator: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
    // The schema is in memory, and GraphQL itself bounds how deep a look at it goes.
    if (isIntrospectionType(type)) return 0;
    const name = `${type.name}.${field.name}`;
    const { items, extra = 0 } = known(fieldCosts[name], args);
    const own = isCompositeType(getNamedType(field.type)) ? 1 + childComplexity : 0;
    return extra + own * (items ?? sizeOf(field, args, pages.has(type.name)));
  };
  return ({ document, variables, operationName }) => {
    try {
      return getComplexity({
        schema,
        query: document,
        variables,
        operationName,
        estimators: [estimator],
        maxQueryNodes: maxSelections,
      });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return /maximum allowed number of nodes/.test(error.message)
        ? refused('TOO_COMPLEX', `The operation has more than ${maxSelections} selections.`)
        : error;
    }
  };
}

function known(
  cost: FieldCost | ((args: Record<string, unknown>) => FieldCost) | undefined,
  args: Record<string, unknown>,
): FieldCost {
  return typeof cost === 'function' ? cost(args) : (cost ?? {});
}

/** Items that a field answers at most. */
function sizeOf(
  field: GraphQLField<unknown, unknown>,
  args: Record<string, unknown>,
  isOfPage: boolean,
): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first !== undefined) {
    // A size that the field itself will refuse is not counted on.
    return Math.max(Number(args.first ?? first.extensions.pageSize ?? maxPageSize), 0);
  }
  return isListType(getNullableType(field.type)) && !isOfPage ? usualListSize : 1;
}

/** Types that hold a page: their lists are as long as the page, which is counted where it is asked for. */
function pageTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const paged = types.flatMap((type) =>
    Object.values(type.getFields()).filter(({ args }) => args.some(({ name }) => name === 'first')),
  );
  return new Set(paged.map((field) => getNamedType(field.type).name));
}
