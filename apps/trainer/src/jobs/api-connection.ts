import { setTimeout } from 'node:timers/promises';
import { type Client, ClientError, createClient } from '@blockwise/client';
import { DomainError } from '@blockwise/contracts';

/** Where the API is, and the secret of a token with the scope TRAIN. */
export interface ApiPlace {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly token: string;
}

/** Requests of a trainer to the API. What the API refuses is a DomainError with its code. */
export interface ApiConnection {
  /** Sends once. For what may not be done twice. */
  once: Client['request'];
  /** Sends until it is answered: for what may arrive twice. Gives up after {@link patienceSeconds}. */
  request: Client['request'];
  /** As `request`, for a path of the API's host that is not GraphQL. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** A network that stays away longer is for people; by then the job is another trainer's. */
const patienceSeconds = 15 * 60;
const firstPauseSeconds = 0.5;
const longestPauseSeconds = 30;

export function connectToApi(
  { url, token }: ApiPlace,
  onTrouble: (reason: string, pauseSeconds: number) => void,
): ApiConnection {
  const client = createClient({ url, token });
  const closing = new AbortController();

  /** Tries again, with growing pauses, while nobody answers. */
  const patiently = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    const began = performance.now();
    for (let pause = firstPauseSeconds; ; pause = Math.min(2 * pause, longestPauseSeconds)) {
      try {
        return await send();
      } catch (error) {
        const wait = waitAfter(error, pause);
        const waited = (performance.now() - began) / 1000;
        if (wait === null || waited + wait > patienceSeconds) throw expected(error);
        onTrouble(String(error), wait);
        await setTimeout(wait * 1000, undefined, { signal: closing.signal });
      }
    }
  };

  return {
    async once(document, variables, options) {
      try {
        return await client.request(document, variables, options);
      } catch (error) {
        throw expected(error);
      }
    },
    request: (document, variables, options) =>
      patiently(() => client.request(document, variables, options)),
    fetch: (path, init) =>
      patiently(async () => {
        const address = new URL(path, url);
        const headers = { authorization: `Bearer ${token}` };
        const response = await fetch(address, { ...init, headers }).catch((cause: unknown) => {
          throw new ClientError('UNREACHABLE', `There is no connection to ${address}.`, { cause });
        });
        if (response.ok) return response;
        throw await refusalOf(response);
      }),
    async close() {
      closing.abort();
      await client.close();
    },
  };
}

/** Seconds until the same may be sent again; null when that would be refused again. */
function waitAfter(error: unknown, pause: number): number | null {
  if (!(error instanceof ClientError)) return null;
  switch (error.code) {
    case 'RATE_LIMITED':
      return error.retryAfterSeconds ?? pause;
    case 'UNREACHABLE':
    case 'TIMEOUT':
      return pause;
    default:
      return null;
  }
}

/** A refusal under its code; what nobody expects stays as it is. */
function expected(error: unknown): unknown {
  if (!(error instanceof ClientError) || error.code === 'UNREACHABLE') return error;
  return new DomainError(error.code, error.message, { path: error.path, cause: error });
}

/** What the API says where it does not speak GraphQL. */
async function refusalOf(response: Response): Promise<ClientError> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as {
      errors: { message: string; extensions: { code: ClientError['code'] } }[];
    };
    const [first] = errors;
    if (first !== undefined) {
      const after = Number(response.headers.get('retry-after') ?? Number.NaN);
      return new ClientError(first.extensions.code, first.message, {
        ...(Number.isNaN(after) ? {} : { retryAfterSeconds: after }),
      });
    }
  } catch {
    // Something between us and the API answered.
  }
  const { status, url } = response;
  return new ClientError('UNREACHABLE', `${url} answered with status ${status}.`);
}
