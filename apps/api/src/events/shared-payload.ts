import {
  BREAK,
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  print,
  visit,
} from 'graphql';
import { mapPages } from './map-pages.ts';

/** Answers to a payload by what asks for it. */
const answers = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

/**
 * Says that a payload is one object for all subscriptions that get it, and that none of its fields
 * takes arguments or looks at who asks.
 */
export function sharePayload(payload: object): void {
  if (!answers.has(payload)) answers.set(payload, new Map());
}

/**
 * As `subscribe` of graphql, but that a shared payload is executed once for all subscriptions that ask
 * the same of it: most of what a thousand readers of one search cost.
 */
export async function subscribeShared(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  const asked = whatIsAsked(args);
  const answer = async (payload: unknown): Promise<ExecutionResult> =>
    execute({ ...args, rootValue: payload });
  return mapPages(iteratorOf(events), (payload) => {
    const shared =
      asked !== null && typeof payload === 'object' && payload !== null
        ? answers.get(payload)
        : undefined;
    if (shared === undefined || asked === null) return answer(payload);
    const told = shared.get(asked) ?? answer(payload);
    shared.set(asked, told);
    return told;
  });
}

/** What decides an answer beside the payload; null where directives let variables decide too. */
function whatIsAsked({ document, operationName }: ExecutionArgs): string | null {
  let hasDirectives = false;
  visit(document, {
    Directive() {
      hasDirectives = true;
      return BREAK;
    },
  });
  return hasDirectives ? null : `${operationName ?? ''} ${print(document)}`;
}

function iteratorOf(events: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const iterator = events[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
