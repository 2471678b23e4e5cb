import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { documentId, type PersistedDocuments } from '../documents/persisted-documents.ts';
import { LeastRecentlyUsed } from '../least-recently-used.ts';
import { maxFaults, maxTokens } from '../limits.ts';
import type { Caller } from './caller.ts';
import { costsOf } from './cost.ts';
import { noIntrospection, sizeRules } from './document-rules.ts';
import type { OperationLimits } from './operation-limits.ts';
import { type PerMinute, type RateLimit, RateLimitedError, ratePerMinute } from './rate.ts';
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

/** What looking at an operation counts, whether it then runs or not. */
const leastCost = 10;
/** Documents that are kept for sockets. */
const keptDocuments = 64;

/** Decides before anything runs whether an operation may. One for each process: it keeps the rates. */
export class OperationGate {
  readonly #schema: GraphQLSchema;
  readonly #limits: OperationLimits;
  readonly #documents: PersistedDocuments;
  readonly #costOf: ReturnType<typeof costsOf>;
  readonly #rate: RateLimit;
  readonly #anonymousRate: RateLimit;
  /** What was found wrong with documents, by who asked: others are told less. */
  readonly #faults = {
    signedIn: new WeakMap<DocumentNode, readonly GraphQLError[]>(),
    anonymous: new WeakMap<DocumentNode, readonly GraphQLError[]>(),
  };
  readonly #parsed = new LeastRecentlyUsed<string, DocumentNode>(keptDocuments);

  constructor(
    schema: GraphQLSchema,
    limits: OperationLimits,
    documents: PersistedDocuments,
    perMinute: PerMinute = ratePerMinute,
  ) {
    this.#schema = schema;
    this.#limits = limits;
    this.#documents = documents;
    this.#costOf = costsOf(schema);
    this.#rate = perMinute(limits.costPerMinute, 'Cost of your operations');
    this.#anonymousRate = perMinute(
      limits.anonymousCostPerMinute,
      'Cost of operations without signing in',
    );
  }

  /** The document of a text. One that came lately is the same object, and is not checked again. */
  parse(source: string): DocumentNode {
    return this.#parsed.getOrMake(source, () => parse(source, { maxTokens }));
  }

  /** Checks an operation, and takes what looking at it and what running it costs from the minute. */
  async admit(operation: Operation, caller: Caller): Promise<Admission> {
    const rate = caller.isSignedIn ? this.#rate : this.#anonymousRate;
    const tooMuch = await spend(rate, caller, this.#costOfLooking(operation, caller));
    if (tooMuch !== undefined) return { errors: [tooMuch] };
    const admission = this.#check(operation, caller);
    const { errors, cost } = admission;
    if (errors.length > 0 || cost === undefined || cost.requested <= leastCost) return admission;
    const tooDear = await spend(rate, caller, cost.requested - leastCost);
    return tooDear === undefined ? admission : { errors: [tooDear], cost };
  }

  /** Checking a document for the first time takes time by the square of its length, at worst. */
  #costOfLooking({ document }: Operation, caller: Caller): number {
    const { tokenCount = 0 } = document;
    const isKnown = this.#faults[caller.isSignedIn ? 'signedIn' : 'anonymous'].has(document);
    return isKnown ? leastCost : leastCost + Math.floor(tokenCount ** 2 / 3000);
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

  #faultsOf(document: DocumentNode, { isSignedIn }: Caller): readonly GraphQLError[] {
    const kept = this.#faults[isSignedIn ? 'signedIn' : 'anonymous'];
    const known = kept.get(document);
    if (known !== undefined) return known;
    const hidden = isSignedIn ? [] : validate(this.#schema, document, [noIntrospection]);
    const faults = hidden.length > 0 ? hidden.slice(0, 1) : this.#validate(document, !isSignedIn);
    kept.set(document, faults);
    return faults;
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

/** Takes points from a caller's minute; the refusal when they are used up. */
async function spend(
  rate: RateLimit,
  { key }: Caller,
  points: number,
): Promise<GraphQLError | undefined> {
  try {
    await rate.spend(key, points);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimitedError)) throw error;
    return new GraphQLError(error.message, { originalError: error });
  }
}

function tooDear({ requested, limit }: Cost): GraphQLError {
  return refused(
    'TOO_COMPLEX',
    `The operation costs ${requested} objects, more than ${limit}: ask for smaller pages or less inside of lists.`,
  );
}
