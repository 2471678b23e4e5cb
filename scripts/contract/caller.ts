import assert from 'node:assert/strict';

// Answers have many shapes; what a case expects of one is what it checks.
// biome-ignore lint/suspicious/noExplicitAny: the shape is the case's own query
export type Data = any;

export type Variables = Readonly<Record<string, unknown>>;

/** An error as a client gets it. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly path?: readonly (string | number)[];
    readonly requestId?: string;
    readonly retryAfterSeconds?: number;
    readonly stacktrace?: unknown;
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors: readonly WireError[];
}

/** Sends operations to the server, as somebody. */
export interface Caller {
  /** How this caller signs in: an Authorization header, a cookie, or nothing. */
  readonly headers: Readonly<Record<string, string>>;
  post(document: string, variables?: Variables): Promise<Answer>;
  /** The data of an operation that must succeed. */
  ask(document: string, variables?: Variables): Promise<Data>;
  /** The error of an operation that must be refused with one. */
  refused(document: string, variables?: Variables): Promise<WireError>;
}

/** How long a busy server is waited for, in all. */
const patienceSeconds = 120;

export function callerOf(url: string, headers: Readonly<Record<string, string>>): Caller {
  const post: Caller['post'] = async (document, variables = {}) => {
    const end = performance.now() + patienceSeconds * 1000;
    for (;;) {
      const answer = await postOnce(url, headers, document, variables);
      const seconds = answer.errors[0]?.extensions?.retryAfterSeconds;
      if (seconds === undefined || performance.now() + seconds * 1000 > end) return answer;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  };
  return {
    headers,
    post,
    async ask(document, variables) {
      const { data, errors } = await post(document, variables);
      const told = errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`);
      assert.ok(errors.length === 0, `it must succeed, not end in ${told.join('; ')}`);
      return data;
    },
    async refused(document, variables) {
      const { data, errors } = await post(document, variables);
      const [error, ...more] = errors;
      assert.ok(error !== undefined, `the operation must be refused: ${JSON.stringify(data)}`);
      assert.deepEqual(more, [], 'one refusal is enough');
      return error;
    },
  };
}

async function postOnce(
  url: string,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  let told: { data?: Data; errors?: WireError[] };
  try {
    told = JSON.parse(text);
  } catch {
    assert.fail(`status ${response.status} without JSON: ${text.slice(0, 200)}`);
  }
  const { data = null, errors = [] } = told;
  return { status: response.status, headers: response.headers, data, errors };
}
