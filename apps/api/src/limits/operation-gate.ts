import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  specifiedRules,
  validate,
} from 'graphql';
import { documentId, type PersistedDocuments } from '../documents/persisted-documents.ts';
import { maxFaults } from '../limits.ts';
import type { Caller } from './caller.ts';
import { costsOf } from './cost.ts';
import { noIntrospection, sizeRules } from './document-rules.ts';
import type { OperationLimits } from './operation-limits.ts';
import { type RateLimit, ratePerMinute } from './rate.ts';
import { refused } from './refused.ts';
import { faultOfVariables } from './variables.ts';

/** An operation that somebody asks for, over HTTP or a socket. */
export interface Operation {
  /** Its text as it came, or as the persisted document has it. */
  readonly source: string;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** What an operation costs, and what one may cost at most; in objects read. */
export interface Cost {
  readonly requested: number;
  readonly limit: number;
}

/** Whether an operation may run: not with errors. The cost is known once the document is valid. */
export interface Admission {
  readonly errors: readonly GraphQLError[];
  readonly cost?: Cost;
}

/** Cost of an operation that was refused or costs less: looking at it is work as well. */
const leastCost = 10;

/** Decides before anything runs whether an operation may. One for each process: it keeps the rates. */
export class OperationGate {
  readonly #schema: GraphQLSchema;
  readonly #limits: OperationLimits;
  readonly #documents: PersistedDocuments;
  readonly #costOf: ReturnType<typeof costsOf>;
  readonly #rate: RateLimit;
  readonly #anonymousRate: RateLimit;
  /** Documents that come again are the same object: the server over HTTP keeps them by their text. */
  readonly #faults = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  constructor(schema: GraphQLSchema, limits: OperationLimits, documents: PersistedDocuments) {
    this.#schema = schema;
    this.#limits = limits;
    this.#documents = documents;
    this.#costOf = costsOf(schema);
    this.#rate = ratePerMinute(limits.costPerMinute, 'Cost of your operations');
    this.#anonymousRate = ratePerMinute(
      limits.anonymousCostPerMinute,
      'Cost of operations without signing in',
    );
  }

  /** Checks an operation and, when it may run, takes its cost from the caller's minute. */
  async admit(operation: Operation, caller: Caller): Promise<Admission> {
    const { errors, cost } = this.#check(operation, caller);
    const rate = caller.isSignedIn ? this.#rate : this.#anonymousRate;
    try {
      const spent = errors.length > 0 ? leastCost : Math.max(cost?.requested ?? 0, leastCost);
      await rate.spend(caller.key, Math.ceil(spent));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const limited = new GraphQLError(error.message, { originalError: error });
      return { errors: [limited], ...(cost === undefined ? {} : { cost }) };
    }
    return { errors, ...(cost === undefined ? {} : { cost }) };
  }

  #check(operation: Operation, caller: Caller): Admission {
    const { source, document, variables, operationName } = operation;
    if (
      this.#limits.documentsOnly &&
      !caller.hasToken &&
      !this.#documents.has(documentId(source))
    ) {
      const code = caller.isSignedIn ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      return { errors: [refused(code, 'Only persisted documents run without a good token.')] };
    }
    const faults = this.#faultsOf(document, caller);
    if (faults.length > 0) return { errors: faults };
    const unfit = faultOfVariables(variables);
    if (unfit !== undefined) return { errors: [unfit] };
    const asked = getOperationAST(document, operationName);
    if (!asked) {
      const message =
        operationName === undefined
          ? 'The document has several operations: `operationName` says which one to run.'
          : `The document has no operation "${operationName}".`;
      return { errors: [refused('BAD_INPUT', message, { path: ['operationName'] })] };
    }
    const definitions = asked.variableDefinitions ?? [];
    const hideSuggestions = !caller.isSignedIn;
    const coerced = getVariableValues(this.#schema, definitions, variables, {
      maxErrors: maxFaults,
      hideSuggestions,
    });
    if (coerced.errors !== undefined) return { errors: coerced.errors };
    const requested = this.#costOf({ document, variables, operationName });
    if (requested instanceof GraphQLError) return { errors: [requested] };
    const cost = { requested: Math.round(requested), limit: this.#limits.operationCost };
    return cost.requested > cost.limit ? { errors: [tooDear(cost)], cost } : { errors: [], cost };
  }

  #faultsOf(document: DocumentNode, caller: Caller): readonly GraphQLError[] {
    if (caller.isSignedIn) {
      const known = this.#faults.get(document) ?? this.#validate(document, false);
      this.#faults.set(document, known);
      return known;
    }
    const hidden = validate(this.#schema, document, [noIntrospection], { maxErrors: 1 });
    return hidden.length > 0 ? hidden : this.#validate(document, true);
  }

  #validate(document: DocumentNode, hideSuggestions: boolean): readonly GraphQLError[] {
    const options = { maxErrors: maxFaults, hideSuggestions };
    const large = validate(this.#schema, document, sizeRules, options);
    if (large.length > 0) return large;
    const faults = validate(this.#schema, document, specifiedRules, options);
    // GraphQL gives up by itself on fields that would have to be compared each with each.
    return faults.some(({ message }) => message === 'Validation aborted.')
      ? [refused('TOO_COMPLEX', 'Too many fields of the document have the same name in one place.')]
      : faults;
  }
}

function tooDear({ requested, limit }: Cost): GraphQLError {
  return refused(
    'TOO_COMPLEX',
    `The operation costs ${requested} objects, more than ${limit}: ask for smaller pages or less inside of lists.`,
  );
}
