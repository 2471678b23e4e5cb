import { ClientError, createClient } from '@blockwise/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { cookies } from 'next/headers';
import { serverLog } from '../server-log.ts';
import { apiUrl } from './api-url.ts';
import { documentForm } from './document-form.ts';

/** A page does not wait longer for what it can ask itself. */
const patienceMilliseconds = 500;
/** As the API calls the cookie of a sign-in; before it stands `__Secure-` where pages come by https. */
const sessionCookie = /^(__Secure-)?blockwise\.session/;

/**
 * Asks the API for whoever asked for a page, on the server, so that the page comes with the answer. Null for
 * those who are not known here (their cookie is the API's alone when it has another host), and when the API
 * refuses or takes long: the page then asks by itself, and tells what is wrong.
 */
export async function askForReader<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data | null> {
  const known = await cookies();
  if (!known.getAll().some(({ name }) => sessionCookie.test(name))) return null;
  const client = createClient({
    url: apiUrl(),
    cookie: known.toString(),
    documents: documentForm,
  });
  const signal = AbortSignal.timeout(patienceMilliseconds);
  return await client.request(document, variables, { signal }).catch((error: unknown) => {
    const requestId = error instanceof ClientError ? error.requestId : undefined;
    serverLog().debug({ err: error, requestId }, 'a page comes without its answer');
    return null;
  });
}
